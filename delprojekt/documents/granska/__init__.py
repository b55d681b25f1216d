"""Looking inside a received file, in a limited process of its own: what it claims to be is not believed.

``granska(path)`` in ``forald.py`` is the door; ``barn.py`` is the process; ``pdf.py``, ``office.py`` and ``bild.py``
know one kind each; ``slag.py`` tells the kinds apart and ``utslag.py`` holds every reason in plain Swedish.
"""
