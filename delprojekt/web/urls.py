"""All addresses of the portal, in Swedish, ASCII."""

from django.urls import include, path, register_converter

from delprojekt.web.converters import ActConverter, AdminactConverter, FormatConverter, SlagConverter
from delprojekt.web.views import (
    delprojekt,
    dokument,
    gor,
    handling,
    historik,
    huvudmansbeslut,
    inflyttning,
    installning,
    ko,
    konto,
    lista,
    person,
    process,
    roll,
    skriv,
    sok,
    utkorg,
)

register_converter(ActConverter, "act")
register_converter(AdminactConverter, "adminact")
register_converter(SlagConverter, "slag")
register_converter(FormatConverter, "format")

urlpatterns = [
    path("", delprojekt.start, name="start"),
    path("delprojekt/", lista.lista, name="lista"),
    path("delprojekt/excel/", lista.excel, name="excel"),
    path("delprojekt/nytt/", delprojekt.nytt, name="nytt"),
    path("infor-ledningsgruppen/", ko.infor_ledningsgruppen, name="infor_ledningsgruppen"),
    path("delprojekt/<int:pk>/", delprojekt.visa, name="delprojekt"),
    path("delprojekt/<int:pk>/visa/handelser/", historik.historik, name="historik"),
    path("delprojekt/<int:pk>/visa/<slug:namn>/", delprojekt.flik, name="flik"),
    path("delprojekt/<int:pk>/gor/<act:act>/", gor.gor, name="gor"),
    path("delprojekt/<int:pk>/gor/<act:act>/<int:objekt>/", gor.gor, name="gor"),
    path("delprojekt/<int:pk>/kvitto/<int:handelse>/", gor.kvitto, name="kvitto"),
    path("delprojekt/<int:pk>/handling/<int:handling>/", delprojekt.handling, name="handling"),
    path("delprojekt/<int:pk>/dokument/<slag:slag>/", dokument.forhandsvisa, name="dokument"),
    path("delprojekt/<int:pk>/dokument/<slag:slag>/<format:format_>/", dokument.bestall, name="bestall"),
    path("delprojekt/<int:pk>/fil/<int:fil>/", inflyttning.inlagd_fil, name="inlagd_fil"),
    path("delprojekt/<int:pk>/uppgifter/", delprojekt.uppgifter, name="uppgifter"),
    path("inflyttning/", inflyttning.inflyttning, name="inflyttning"),
    path("inflyttning/nytt/", inflyttning.lagg_in, name="lagg_in"),
    path("beslut-utan-handling/", huvudmansbeslut.utan_handling, name="utan_handling"),
    path("rapport/<int:pk>/", skriv.skriv, name="skriv"),
    path("rapport/<int:pk>/<slug:nyckel>/", skriv.skriv_avsnitt, name="skriv_avsnitt"),
    path("jobb/<int:pk>/", dokument.jobb, name="jobb"),
    path("jobb/<int:pk>/status/", dokument.jobb_status, name="jobb_status"),
    path("jobb/<int:pk>/fil/", dokument.jobb_fil, name="jobb_fil"),
    path("personer/", person.lista, name="personer"),
    path("personer/ny/", person.ny, name="person_ny"),
    path("personer/<int:pk>/", person.visa, name="person"),
    path("personer/<int:pk>/gor/<adminact:act>/", person.gor, name="person_gor"),
    path("personer/<int:pk>/gor/<adminact:act>/<int:objekt>/", person.gor, name="person_gor"),
    path("installningar/", installning.installningar, name="installningar"),
    path("installningar/<slug:slug>/", installning.region, name="installning_region"),
    path("konto/", konto.konto, name="konto"),
    path("konto/mina-uppgifter/", konto.mina_uppgifter, name="mina_uppgifter"),
    path("konto/mina-uppgifter.json", konto.mina_uppgifter_json, name="mina_uppgifter_json"),
    path("handlingar/", handling.register, name="handlingar"),
    path("handlingar/utdrag.<str:format_>", handling.utdrag, name="handlingar_utdrag"),
    path("handlingar/<int:pk>/", handling.visa, name="allman_handling"),
    path("process/", process.process, name="process"),
    path("process/krav/", process.krav, name="krav"),
    path("kansliet/", roll.kansliet, name="kansliet"),
    path("samarbetsgruppen/", roll.samarbetsgruppen, name="samarbetsgruppen"),
    path("ledningsgruppen/", roll.ledningsgruppen, name="ledningsgruppen"),
    path("regioner/<slug:slug>/", roll.region, name="region"),
    path("min-arbetsgrupp/", roll.min_arbetsgrupp, name="min_arbetsgrupp"),
    path("sok/", sok.sok, name="sok"),
    path("utkorg/", utkorg.utkorg, name="utkorg"),
    path("", include("delprojekt.web.urls_om")),
]
