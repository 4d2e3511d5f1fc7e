"""The source of the service as data: its modules, what each imports, how long its parts are."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Import:
    """One import: of which module, which names of it, where it stands."""

    target: str
    names: tuple[str, ...]
    line: int
    types_only: bool
    inside: str


@dataclass(frozen=True)
class Module:
    """A module by its dotted name, with its text."""

    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.text)

    @property
    def lines(self) -> int:
        """How long it is."""
        return len(self.text.splitlines())

    @property
    def has_blueprint(self) -> bool:
        """Whether it answers requests."""
        return any(
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Call)
            and ast.unparse(node.value.func) == "Blueprint"
            for node in self.tree.body
        )

    def imports(self, known: frozenset[str] = frozenset()) -> list[Import]:
        """Every import, wherever it stands; `known` tells which names of a package are modules."""
        return list(found_imports(self.tree, known, types_only=False, inside=""))

    def functions(self) -> Iterator[tuple[str, ast.FunctionDef]]:
        """Every function and method with its dotted name."""
        yield from named(self.tree, ast.FunctionDef)

    def classes(self) -> Iterator[tuple[str, ast.ClassDef]]:
        """Every class with its dotted name."""
        yield from named(self.tree, ast.ClassDef)


def found_imports(node: ast.AST, known: frozenset[str], *, types_only: bool, inside: str) -> Iterator[Import]:
    """The imports below a node, remembering the function or the `if TYPE_CHECKING` they stand in."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for name in child.names:
                yield Import(name.name, (), child.lineno, types_only, inside)
        elif isinstance(child, ast.ImportFrom):
            yield from split(child, known, types_only=types_only, inside=inside)
        else:
            function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from found_imports(
                child,
                known,
                types_only=types_only
                or (isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)),
                inside=getattr(child, "name", "lambda") if function else inside,
            )


def split(node: ast.ImportFrom, known: frozenset[str], *, types_only: bool, inside: str) -> Iterator[Import]:
    """`from package import module` is an import of the module; other names are names of the package."""
    package = "." * node.level + (node.module or "")
    names = [alias.name for alias in node.names]
    for name in names:
        if f"{package}.{name}" in known:
            yield Import(f"{package}.{name}", (), node.lineno, types_only, inside)
    left = tuple(name for name in names if f"{package}.{name}" not in known)
    if left:
        yield Import(package, left, node.lineno, types_only, inside)


def named(node: ast.AST, kind: type, before: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Every definition of a kind below a node, with its dotted name."""
    for child in ast.iter_child_nodes(node):
        name = f"{before}.{child.name}".lstrip(".") if hasattr(child, "name") else before
        if isinstance(child, kind):
            yield name, child
        yield from named(child, kind, name)


def length(node: ast.FunctionDef | ast.ClassDef) -> int:
    """How many lines a definition has, decorators and docstring left out."""
    first = node.body[0]
    told = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if told else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - docstring


def dotted(path: Path) -> str:
    """The dotted name of a module's file."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def modules(*folders: str) -> list[Module]:
    """Every module of these folders, the migrations' own left out: they are generated."""
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    paths = [path for path in paths if "versions" not in path.parts]
    return [Module(dotted(path), path.read_text(encoding="utf-8")) for path in paths]


def ours() -> list[Module]:
    """Every module that the service runs."""
    return [*modules("compliance", "reports"), Module("wsgi", (ROOT / "wsgi.py").read_text(encoding="utf-8"))]


@cache
def features() -> list[str]:
    """Every folder of compliance/ that answers requests, or will: it has queries, views or an empty start."""
    packages = [path.parent for path in (ROOT / "compliance").glob("*/__init__.py")]
    return sorted(
        path.name
        for path in packages
        if not (path / "__init__.py").read_text(encoding="utf-8") or (path / "views.py").exists()
    )
