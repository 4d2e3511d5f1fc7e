"""YAML → schema; every error names the file and the place."""

import json
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from compliance.frameworks.body import Body
from compliance.frameworks.crosswalk import Crosswalk
from compliance.frameworks.faults import (
    ISSUED,
    PAIRED,
    FrameworkError,
    check_crosswalk,
    check_editions,
    check_framework,
    check_issued,
    check_once,
    check_paired,
)
from compliance.frameworks.schema import Framework, Layout

DATA = Path(__file__).parent / "data"
Model = TypeVar("Model", bound=BaseModel)


# libyaml reads four files in a tenth of the time; where it is missing the plain loader does the same.
SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class UniqueKeys(SafeLoader):  # type: ignore[misc]
    """A safe loader that refuses a key given twice, where YAML would keep the last."""


def _mapping(loader: UniqueKeys, node: yaml.MappingNode) -> dict[Any, Any]:
    seen = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise FrameworkError(f"a key is not plain text (line {key.start_mark.line + 1})")
        if key.value in seen:
            raise FrameworkError(f"key '{key.value}' is given twice (line {key.start_mark.line + 1})")
        seen.add(key.value)
    found: dict[Any, Any] = loader.construct_mapping(node, deep=True)
    return found


UniqueKeys.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def place_of(content: Any, loc: tuple[str | int, ...]) -> str:
    """Where in a file something is wrong, with the code, key or pair of each entry on the way."""
    words = []
    for part in loc:
        words.append(str(part))
        try:
            content = content[part]
        except (KeyError, IndexError, TypeError):
            continue
        if isinstance(content, dict) and isinstance(part, int):
            names = [content[key] for key in ("code", "key", "codes", "part", "old", "new") if key in content]
            words += [f"({' → '.join(map(str, names))})"] if names else []
    return ".".join(words).replace(".(", " (")


def read(text: str, model: Any, name: str) -> Any:
    """The file's content as the model; raises FrameworkError naming the file and the place.

    Through JSON, so that strictness accepts lists and dates and still refuses `3.10` and `no` as text.
    """
    content = None
    try:
        content = yaml.load(text, UniqueKeys)  # noqa: S506  (a safe loader)
        return TypeAdapter(model).validate_json(json.dumps(content, default=str))
    except ValidationError as error:
        first = error.errors()[0]
        raise FrameworkError(f"{name}: {place_of(content, first['loc'])}: {first['msg']}") from error
    except (FrameworkError, yaml.YAMLError, ValueError) as error:
        raise FrameworkError(f"{name}: {error}") from error


def text_of(file: Path) -> str:
    """What a file holds; raises FrameworkError naming a file that is missing or is no text."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise FrameworkError(f"{file.name}: cannot be read ({error})") from error


def load_frameworks(folder: Path = DATA) -> tuple[Framework, ...]:
    """Every framework in the folder, in the order of families and dates; raises FrameworkError."""
    files = sorted([*folder.glob("concordat-*.yaml"), *folder.glob("government-*.yaml")])
    found = tuple(read(text_of(file), Framework, file.name) for file in files)
    for file, framework in zip(files, found, strict=True):
        check_framework(framework, file.stem)
    check_editions(found)
    check_issued(found, text_of(folder / ISSUED))
    return found


def load_crosswalks(frameworks: tuple[Framework, ...], folder: Path = DATA) -> tuple[Crosswalk, ...]:
    """Every crosswalk in the folder, checked against these frameworks; raises FrameworkError."""
    files = sorted(folder.glob("crosswalk-*.yaml"))
    found = tuple(read(text_of(file), Crosswalk, file.name) for file in files)
    by_key = {row.key: row for row in frameworks}
    for file, crosswalk in zip(files, found, strict=True):
        check_crosswalk(crosswalk, by_key, file.stem)
    check_once(found)
    check_paired(found, text_of(folder / PAIRED))
    return found


def load_layouts(folder: Path = DATA) -> tuple[Layout, ...]:
    """Both layouts of the statement; raises FrameworkError."""
    return tuple(read(text_of(file), Layout, file.name) for file in sorted(folder.glob("layout-*.yaml")))


def load_bodies(folder: Path = DATA) -> tuple[Body, ...]:
    """The catalogue of bodies that decide or advise; raises FrameworkError."""
    file = folder / "bodies.yaml"
    found: tuple[Body, ...] = read(text_of(file), tuple[Body, ...], file.name)
    refuse_twice([body.key for body in found], file.name, "body")
    for body in found:
        refuse_twice([word.own for word in body.words], file.name, f"{body.key}: word")
        refuse_twice([clock.id for clock in body.clocks], file.name, f"{body.key}: clock")
        refuse_twice([question.key for question in body.asked], file.name, f"{body.key}: question")
    return found


def refuse_twice(keys: list[str], name: str, kind: str) -> None:
    """Raise FrameworkError for a key that stands twice in a list."""
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise FrameworkError(f"{name}: {kind} {', '.join(twice)} is given twice")
