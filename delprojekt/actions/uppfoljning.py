"""Follow-up, pause and resume (§5.8, V-1)."""

from delprojekt.actions.dokument import fix_document
from delprojekt.actions.forslag import hold
from delprojekt.actions.takt import Takt, change
from delprojekt.models import Dokumentslag, Person
from delprojekt.process.act import Act
from delprojekt.process.roller import Roll


@change(Act.TILLFRAGA_UPPFOLJARE)
def appoint_follower(takt: Takt) -> None:
    """Register who makes the follow-up; there may be several (M5.8-5)."""
    person = Person.objects.get(pk=takt.underlag["person"])
    hold(person.pk, Roll.UPPFOLJNINGSANSVARIG, takt.delprojekt, omgang=takt.omgang)
    hidden = takt.delprojekt.innehav.filter(person=person, roll=Roll.PATIENTFORETRADARE).exists()
    takt.mening = f"{Roll.PATIENTFORETRADARE.label if hidden else person} gör uppföljningen."


@change(Act.LAMNA_UPPFOLJNINGSRAPPORT)
def hand_in(takt: Takt) -> None:
    """Freeze the follow-up report."""
    fix_document(takt, Dokumentslag.UPPFOLJNINGSRAPPORT)


@change(Act.PAUSA)
def pause(takt: Takt) -> None:
    """Put the mark on; the step is kept (V-1)."""
    takt.delprojekt.pausat = True
    takt.delprojekt.save(update_fields=["pausat"])


@change(Act.ATERUPPTA)
def resume(takt: Takt) -> None:
    """Take the mark off."""
    takt.delprojekt.pausat = False
    takt.delprojekt.save(update_fields=["pausat"])
