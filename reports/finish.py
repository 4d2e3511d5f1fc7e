"""What turns WeasyPrint's PDF/A-3a into one that is also built to PDF/UA-1.

Works on the pydyf objects just before they are written.
"""

import re
import zlib
from typing import Any

MCID = re.compile(rb"/MCID (\d+)")

IDENTIFICATION = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289 that the file is built to</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def number(reference: bytes | str) -> int:
    """The index into pdf.objects that a reference such as "12 0 R" names."""
    return int(reference.split()[0])


def finish(_document: Any, pdf: Any) -> None:
    """Identify as PDF/UA, list each file once, mark running text as decoration, name the links, press the files."""
    identify(pdf)
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = list(dict.fromkeys(pdf.catalog["AF"]))
    running_text_as_artifacts(pdf)
    name_links(pdf)
    press_files(pdf)


def press_files(pdf: Any) -> None:
    """Compress what rides along lightly: as hard as can be takes six times as long for a quarter less."""
    for entry in pdf.objects:
        extra = getattr(entry, "extra", {})
        if extra.get("Type") == "/EmbeddedFile":
            entry.stream[:] = [zlib.compress(b"".join(entry.stream), 3)]
            entry.compress, extra["Filter"] = False, "/FlateDecode"


def identify(pdf: Any) -> None:
    """Add the PDF/UA identification, and the description of it that PDF/A demands, to the metadata."""
    packet = pdf.objects[number(pdf.catalog["Metadata"])].stream
    packet[0] = packet[0].replace(b"</rdf:RDF>", IDENTIFICATION + b"</rdf:RDF>", 1)


def reachable(pdf: Any, root: Any) -> set[int]:
    """Every structure element that one can reach from the root."""
    reached: set[int] = set()
    todo = [number(root["K"][0])]
    while todo:
        element = todo.pop()
        if element not in reached:
            reached.add(element)
            kids = [number(kid) for kid in pdf.objects[element].get("K", ()) if not isinstance(kid, int)]
            todo += [kid for kid in kids if pdf.objects[kid].get("Type") == "/StructElem"]
    return reached


def running_text_as_artifacts(pdf: Any) -> None:
    """Page heads and feet are repeated on every page: nothing to read aloud."""
    root = pdf.objects[number(pdf.catalog["StructTreeRoot"])]
    reached = reachable(pdf, root)
    nums = pdf.objects[number(root["ParentTree"])]["Nums"]
    for place, page in enumerate(pdf.pages["Kids"][::3]):
        owners = nums[2 * place + 1]
        orphans = {mcid for mcid, owner in enumerate(owners) if number(owner) not in reached}
        mark_artifacts(pdf.objects[number(pdf.objects[page]["Contents"])].stream, orphans)
        for mcid in orphans:
            owners[mcid] = "null"


def mark_artifacts(operators: list[Any], orphans: set[int]) -> None:
    """Rewrite the marked content of these ids as page decoration."""
    for at, operator in enumerate(operators):
        if operator != b"BDC":
            continue
        properties = operators[at - 1]
        found = MCID.search(properties if isinstance(properties, bytes) else properties.data)
        if found and int(found[1]) in orphans:
            operators[at - 2], operators[at - 1] = b"/Artifact", b"<</Type /Pagination>>"


def name_links(pdf: Any) -> None:
    """A link's description says where it leads instead of repeating its target."""
    for entry in pdf.objects:
        if isinstance(entry, dict) and entry.get("Subtype") == "/Link" and "Contents" in entry:
            target = getattr(entry["Contents"], "string", "")
            if target and not target.startswith(("http", "mailto")):
                entry["Contents"].string = f"Go to {words_for(target)}"


def words_for(target: str) -> str:
    """An anchor of the document in words."""
    kinds = {"s": "section", "f": "definition of figure F", "a": "annex"}
    kind, rest = kinds.get(target[:1], ""), target[1:]
    if kind and re.fullmatch(r"\d+[A-Za-z]?|[A-F]", rest):
        return f"{kind}{'' if kind.endswith('F') else ' '}{rest}"
    return target.replace("-", " ")
