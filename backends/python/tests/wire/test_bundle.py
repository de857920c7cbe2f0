"""Protocol 3.3: reads of contexts."""

from __future__ import annotations

import hashlib

import mizan
import pytest

from tests.wire.library import Library
from tests.wire.stage import Stage


@pytest.fixture
def library() -> Library:
    return Library()


def test_the_envelope_has_the_resolved_params_and_one_member_for_each_slot(library: Library) -> None:
    body = library.get("/ctx/own/?user_id=07").json
    rev = body.pop("rev")
    assert isinstance(rev, int)
    assert body == {
        "mizan": 1,
        "context": "own",
        "params": {"user_id": 7},
        "data": {"profile": {"number": 7}, "addresses": {"number": 7}, "notes": {"number": 0}},
    }


def test_both_forms_of_the_address_answer_alike(library: Library) -> None:
    assert library.get("/ctx/own?user_id=7").body == library.get("/ctx/own/?user_id=7").body


def test_a_private_bundle_is_private_and_varies_by_who_asks(library: Library) -> None:
    headers = library.get("/ctx/own/?user_id=7").headers
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["Vary"] == "Accept-Encoding, Cookie"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Mizan-Epoch"] == "e-7"
    by_token = library.stage.get("/ctx/own/?user_id=7", {"authorization": "Bearer 7"})
    assert by_token.headers["Vary"] == "Accept-Encoding, Authorization"


def test_a_bundle_of_scope_none_is_not_stored(library: Library) -> None:
    headers = library.get("/ctx/secret/").headers
    assert headers["Cache-Control"] == "private, no-store" and "ETag" not in headers


def test_M12_functions_of_a_public_context_see_nothing_of_who_asks(library: Library) -> None:
    answer = library.get(
        "/ctx/open/", authorization="Bearer 7", accept_language="fa", x_mizan_protocol="1"
    )
    (request,) = library.seen
    assert (request.user, dict(request.session), dict(request.headers), request.raw) == (
        None,
        {},
        {},
        None,
    )
    assert library.stage.sessions_opened == 0
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "X-Mizan-Epoch" not in answer.headers
    assert answer.body == library.stage.get("/ctx/open/", {}).body


def test_a_public_bundle_tells_the_edge_how_long_and_by_which_tags(library: Library) -> None:
    headers = library.get("/ctx/open/").headers
    assert headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert headers["CDN-Cache-Control"] == "public, max-age=300, stale-while-revalidate=60"
    assert headers["Cache-Tag"] == "mz-open,books"
    assert headers["Surrogate-Key"] == "mz-open books"


def test_a_scope_has_a_tag_of_its_own() -> None:
    registry = mizan.Registry()
    registry.context("shelf", cache="public", ttl=5, scopes=[["number"]])

    @registry.client(context="shelf", auth="none")
    def shelf(number: int) -> int:
        return number

    tags = Stage(registry).get("/ctx/shelf/?number=5").headers["Cache-Tag"].split(",")
    assert tags == ["mz-shelf", f"mz-shelf-{hashlib.sha256(b'number=5').hexdigest()[:16]}"]


def test_a_public_bundle_that_could_not_be_purged_is_not_stored() -> None:
    registry = mizan.Registry()
    registry.context("shelf", cache="public", ttl=5, tags=[f"tag{each}" for each in range(16)])

    @registry.client(context="shelf", auth="none")
    def shelf() -> int:
        return 1

    assert Stage(registry).get("/ctx/shelf/").headers["Cache-Control"] == "private, no-store"


def test_a_match_is_304_without_a_body_and_says_the_revision(library: Library) -> None:
    first = library.get("/ctx/own/?user_id=7")
    again = library.get("/ctx/own/?user_id=7", if_none_match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["X-Mizan-Rev"] == str(first.json["rev"])
    assert again.headers["Cache-Control"] == "private, no-cache"


def test_when_one_slot_fails_the_others_are_answered_and_nothing_is_stored(library: Library) -> None:
    library.failing = {"addresses"}
    answer = library.get("/ctx/own/?user_id=7")
    assert answer.status == 200
    assert set(answer.json["data"]) == {"profile", "notes"}
    assert answer.json["errors"] == {
        "addresses": {
            "type": "urn:mizan:problem:broken_pipe",
            "title": "The address service does not answer.",
            "status": 503,
            "code": "broken_pipe",
        }
    }
    assert answer.headers["Cache-Control"] == "private, no-store" and "ETag" not in answer.headers


def test_when_all_slots_fail_alike_the_answer_is_their_problem(library: Library) -> None:
    library.failing = {"profile", "addresses", "notes"}
    assert library.get("/ctx/own/?user_id=7").problem == (503, "broken_pipe")


def test_when_all_slots_fail_differently_the_answer_is_500(library: Library) -> None:
    library.failing = {"notes"}
    answer = library.stage.get("/ctx/own/?user_id=7", {})
    assert answer.problem == (500, "internal")


def test_a_visitor_gets_the_slots_that_ask_for_nobody_and_401_where_there_are_none(
    library: Library,
) -> None:
    mixed = library.stage.get("/ctx/own/?user_id=7", {})
    assert set(mixed.json["data"]) == {"notes"}
    assert {each["code"] for each in mixed.json["errors"].values()} == {"unauthenticated"}
    assert library.stage.get("/ctx/secret/", {}).problem == (401, "unauthenticated")


def test_only_runs_the_named_slots_once_and_is_not_stored_as_the_whole(library: Library) -> None:
    answer = library.get("/ctx/own/?user_id=7&_only=profile&_only=profile")
    assert list(answer.json["data"]) == ["profile"]
    assert len(library.seen) == 1
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert library.get("/ctx/own/?user_id=7&_only=nothing").problem == (400, "malformed")


def test_rev_takes_a_revision_that_was_given_and_nothing_else(library: Library) -> None:
    plain = library.get("/ctx/own/?user_id=7")
    rev = plain.json["rev"]
    assert library.get(f"/ctx/own/?user_id=7&_rev={rev}").body == plain.body
    for text in (str(rev + 10**6), "-1", "1.5", "", "٣", "9" * 30, f"{rev}&_rev={rev}"):
        assert library.get(f"/ctx/own/?user_id=7&_rev={text}").problem == (400, "malformed"), text


def test_S1_the_label_is_read_before_the_data(library: Library) -> None:
    before = library.get("/ctx/own/?user_id=7").json["rev"]
    library.during_read = lambda: mizan.invalidate("own", {"user_id": 7})
    assert library.get("/ctx/own/?user_id=7").json["rev"] == before
    library.during_read = lambda: None
    assert library.get("/ctx/own/?user_id=7").json["rev"] > before


def test_POST_reads_the_same_without_a_token_and_is_not_stored(library: Library) -> None:
    answer = library.post("/ctx/own/", {"params": {"user_id": 7}})
    assert answer.body == library.get("/ctx/own/?user_id=7").body
    assert answer.headers["Cache-Control"] == "private, no-store"
    public = library.post("/ctx/open/", {"params": {"tags": ["a"], "filter": {"author": "x"}}})
    assert public.json["params"]["filter"] == {"author": "x", "max_price": None}
    assert public.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("body", "headers", "problem"),
    [
        ({"params": {"user_id": 7}}, {"x_mizan_protocol": None}, (400, "protocol_unsupported")),
        ({"params": {"user_id": 7}}, {"content_type": "text/plain"}, (415, "content_type")),
        ({"params": {}}, {}, (422, "validation")),
        ({"params": []}, {}, (400, "malformed")),
        ([], {}, (400, "malformed")),
        (b"{", {}, (400, "malformed")),
        (b'{"params": {"user_id": NaN}}', {}, (400, "malformed")),
        (b'{"params": {"user_id": 7}, "x": "' + b"x" * 1_100_000 + b'"}', {}, (413, "too_large")),
    ],
)
def test_a_POST_read_that_is_wrong_is_refused(
    library: Library, body: object, headers: dict[str, str | None], problem: tuple[int, str]
) -> None:
    assert library.post("/ctx/own/", body, **headers).problem == problem
