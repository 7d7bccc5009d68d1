namespace Gamification.Api;

internal static class AccessDocs
{
    private const string Key = """
        "id": "7WQ2M9XA", "kind": "till", "store": "BRU", "name": "Brussels, tills 1-4", "createdAt": "2026-11-21T16:00:00+00:00", "revokedAt": null
        """;

    public static readonly OperationDoc CreateKey = new("createKey", "Access", "Make a till or service key",
        "One till key a store is enough. `kind` is `till` unless stated; a `service` key has no store and reports what members do elsewhere, and nothing more. The key's text is in this answer and nowhere else: only its hash is kept.")
    {
        Permission = Operation.ManageKeys,
        Request = """{ "store": "BRU", "name": "Brussels, tills 1-4" }""",
        Answer = new(201, "The key.", $$"""{ "key": "till_7WQ2M9XA_…", {{Key}} }"""),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument, ProblemKind.TooManyKeys],
    };

    public static readonly OperationDoc ListKeys = new("listKeys", "Access", "List keys", "Till and service keys and screen tokens, live and revoked, oldest first.")
    {
        Permission = Operation.ManageKeys,
        Answer = new(200, "All keys.", $$"""{ "keys": [{ {{Key}} }] }"""),
    };

    public static readonly OperationDoc RevokeKey = new("revokeKey", "Access", "Revoke a key or screen",
        "It opens nothing within a second. Revoking again changes nothing.")
    {
        Permission = Operation.ManageKeys,
        Parameters = [new("id", "As the list shows it.", "7WQ2M9XA")],
        Answer = new(204, "Revoked."),
        Problems = [ProblemKind.UnknownKey],
    };

    public static readonly OperationDoc MintToken = new("mintToken", "Access", "Mint a staff or member token",
        "A JWT for `role` marketer, moderator or admin, or for one `member` by public id. It lasts `minutes`, 60 unless stated, 720 at most, and cannot be revoked alone.")
    {
        Permission = Operation.MintTokens,
        Request = """{ "role": "marketer", "minutes": 60 }""",
        Answer = new(201, "The token.", """{ "token": "eyJhbGciOi…", "role": "marketer", "expiresAt": "2026-11-21T17:00:00+00:00" }"""),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument, ProblemKind.UnknownMember],
    };
}
