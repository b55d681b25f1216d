"""The editor in a page: its modules in the head, its buttons and dialogs in the body."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from js_asset import ImportMap, Media, Script

register = template.Library()

MODULER = (
    "html",
    "word",
    "nodes",
    "tables",
    "datatables",
    "figures",
    "find",
    "dialogs",
    "actions",
    "toolbar",
    "comments",
)
"""The editor's modules, ``static/js/editor/<name>.js``. They are named in an import map: their addresses hold a sum of
their contents, which they cannot know of each other."""
BORDET = ("advice", "boxes", "contact", "copies", "words")
"""The modules of ``static/js/autosave.js``, ``static/js/desk/<name>.js``."""
_MEDIA = Media(
    importmap=ImportMap(
        {
            "django-prose-editor/editor": "django_prose_editor/editor.js",
            **{f"editor/{name}": f"js/editor/{name}.js" for name in MODULER},
            **{f"desk/{name}": f"js/desk/{name}.js" for name in BORDET},
        }
    ),
    css={"all": ["css/redigerare.css"]},
    js=[Script("js/editor/main.js", type="module")],
)


@register.simple_tag(takes_context=True)
def redigerarens_moduler(context: dict[str, Any]) -> SafeString:
    """Return the import map, style and script of the editor. Stands before every other script of the page."""
    return _MEDIA.with_nonce(str(context["request"].csp_nonce)).render()


@register.inclusion_tag("redigerare/mall.html")
def redigerarens_mall() -> dict[str, Any]:
    """The toolbar and dialogs of the editor, as templates that the scripts copy. Once in a page."""
    return {}
