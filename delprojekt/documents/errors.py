"""What can keep a file from being made; the text of each is a Swedish sentence for the one who asked."""


class DokumentFel(Exception):
    """A document could not be made into a file."""


class PdfAv(DokumentFel):
    """PDF is switched off (``PDF_AV``), or cannot be made on this machine."""


class WordFel(DokumentFel):
    """The Word file could not be made in time, or at all."""


class BildspelFel(DokumentFel):
    """The slides could not be made in time, or at all."""


class OtillatenResurs(DokumentFel):
    """The document points at something that may not be fetched, or at a picture that is not there."""

    def __init__(self, addresses: set[str]) -> None:
        """Name the addresses, long ones cut."""
        shown = sorted(address if len(address) <= 80 else f"{address[:80]}…" for address in addresses)
        super().__init__(f"Dokumentet hänvisar till något som inte finns i portalen: {', '.join(shown)}")
