"""All addresses of the portal, in Swedish, ASCII."""

from django.urls import include, path, register_converter

from delprojekt.web.converters import ActConverter, FormatConverter, SlagConverter
from delprojekt.web.views import delprojekt, dokument, gor, inflyttning, process, skriv, utkorg

register_converter(ActConverter, "act")
register_converter(SlagConverter, "slag")
register_converter(FormatConverter, "format")

urlpatterns = [
    path("", delprojekt.start, name="start"),
    path("delprojekt/", delprojekt.lista, name="lista"),
    path("delprojekt/nytt/", delprojekt.nytt, name="nytt"),
    path("delprojekt/<int:pk>/", delprojekt.visa, name="delprojekt"),
    path("delprojekt/<int:pk>/visa/<slug:namn>/", delprojekt.flik, name="flik"),
    path("delprojekt/<int:pk>/gor/<act:act>/", gor.gor, name="gor"),
    path("delprojekt/<int:pk>/gor/<act:act>/<int:objekt>/", gor.gor, name="gor"),
    path("delprojekt/<int:pk>/kvitto/<int:handelse>/", gor.kvitto, name="kvitto"),
    path("delprojekt/<int:pk>/handling/<int:handling>/", delprojekt.handling, name="handling"),
    path("delprojekt/<int:pk>/dokument/<slag:slag>/", dokument.forhandsvisa, name="dokument"),
    path("delprojekt/<int:pk>/dokument/<slag:slag>/<format:format_>/", dokument.bestall, name="bestall"),
    path("delprojekt/<int:pk>/fil/<int:fil>/", inflyttning.inlagd_fil, name="inlagd_fil"),
    path("inflyttning/", inflyttning.inflyttning, name="inflyttning"),
    path("inflyttning/nytt/", inflyttning.lagg_in, name="lagg_in"),
    path("rapport/<int:pk>/", skriv.skriv, name="skriv"),
    path("rapport/<int:pk>/<slug:nyckel>/", skriv.skriv_avsnitt, name="skriv_avsnitt"),
    path("jobb/<int:pk>/", dokument.jobb, name="jobb"),
    path("jobb/<int:pk>/status/", dokument.jobb_status, name="jobb_status"),
    path("jobb/<int:pk>/fil/", dokument.jobb_fil, name="jobb_fil"),
    path("process/", process.process, name="process"),
    path("utkorg/", utkorg.utkorg, name="utkorg"),
    path("", include("delprojekt.web.urls_om")),
]
