"""A statement waits for whoever has the next step in hand."""

from compliance.terms import Role


def shown(client, person):
    client.sign_in(person)
    return client.get("/my-work").text


def test_a_statement_goes_from_its_writer_to_its_signatory(client, make):
    npcc, period = make.organisation("npcc"), make.period()
    cast = make.cast(npcc)
    signatory = make.user(Role.SIGNATORY, npcc)
    statement = make.complete(npcc, period, cast)
    assert "Draft the statement" in shown(client, cast.lead)
    assert "Sign the statement" not in shown(client, signatory)
    make.board_approval(statement, cast.board)
    assert "Draft the statement" not in shown(client, cast.lead)
    assert "Sign the statement" in shown(client, signatory)
    make.signature(statement, cast.signatory)
    assert "Sign the statement" not in shown(client, signatory)
    assert "Publish the statement" in shown(client, cast.lead)
