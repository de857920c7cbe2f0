"""Invoices as PDF."""

from __future__ import annotations

import re


def invoice_pdf(text: str) -> bytes:
    """A PDF of one page with one line of ASCII."""
    escaped = re.sub(r"[()\\]", r"\\\g<0>", text)
    content = f"BT /F1 18 Tf 72 720 Td ({escaped}) Tj ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
        " /Resources << /Font << /F1 4 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
    ]
    body = "%PDF-1.4\n"
    offsets: list[str] = []
    for number, each in enumerate(objects, 1):
        offsets.append(f"{len(body):010d} 00000 n \n")
        body += f"{number} 0 obj\n{each}\nendobj\n"
    count = len(objects) + 1
    table = f"xref\n0 {count}\n0000000000 65535 f \n{''.join(offsets)}"
    trailer = f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return (body + table + trailer).encode("ascii")
