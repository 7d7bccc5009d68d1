namespace Gamification.Api;

internal static class CircleDocs
{
    public static readonly OperationDoc GetChoices = new("getBoards", "Leaderboards", "List the boards there are",
        "Scopes, periods, seasons and metrics that any board may be put together of, with names where the programme gave them. Segments, teams and tiers are not listed.")
    {
        Permission = Operation.ReadBoards,
        Answer = new(200, "What may be chosen.", """
            {
              "currency": "EUR",
              "timeZone": "Europe/Brussels",
              "ties": "standard",
              "scopes": [{ "id": "programme" }, { "id": "store:BRU", "name": { "fr": "Bruxelles", "nl": "Brussel", "en": "Brussels" } }],
              "periods": ["day", "week", "month", "season", "all"],
              "seasons": [{ "id": "winter-26", "start": "2026-12-01", "end": "2027-03-01", "name": { "fr": "Hiver", "nl": "Winter", "en": "Winter" } }],
              "metrics": [{ "id": "points" }, { "id": "receipts" }]
            }
            """),
    };

    public static readonly OperationDoc GetHistory = new("getHistory", "Leaderboards", "Read a board as it stood",
        "By everything that was recorded up to `at`, told from the journal. Whoever does not wish to be seen today is not shown. It reads every entry since the window "
        + "began, some microseconds each and at most five million, one question at a time: ask for a day, a week or a month. On the board of a segment, a team or a tier "
        + "is who belonged to it at the instant; a measure counts as it is defined today. A page that does not begin at the top tells standard ranks where dense ones were asked.")
    {
        Permission = Operation.ReadHistory,
        Parameters =
        [
            .. BoardDocs.AskedBoard,
            new("at", "An instant that has passed.", "2026-11-20T16:04:05Z") { InQuery = true },
            new("offset", "Rows to pass over, 0 unless stated.", "0") { InQuery = true },
            new("limit", "1 to 500 rows, 50 unless stated.", "50") { InQuery = true },
        ],
        Answer = new(200, "The rows.", $$"""
            { "asOf": "2026-11-20T17:04:05+01:00", "window": {{BoardDocs.Window}}, "size": 1, "ties": "standard", "rows": [{{BoardDocs.Row}}] }
            """),
        Problems = [ProblemKind.InvalidRequest, ProblemKind.UnknownBoard],
    };

    public static readonly OperationDoc GetOwn = new("getOwnStanding", "Leaderboards", "Read where you stand",
        "For the member itself, and for admins. `virtual` is true for a member in private mode: it is on no board, the ranks of others pass over it, and `row` says where it would "
        + "stand. `row` is null without a score above 0. `percentile` is the share of ranked members with a lower score, 0 to 100.")
    {
        Permission = Operation.ReadBoards,
        Parameters = [.. BoardDocs.AskedBoard, new("member", "`me` with a member token; admins name a public id.", "K7Q2M9XA")],
        Answer = new(200, "Where you stand.", $$"""
            { "window": {{BoardDocs.Window}}, "ties": "standard", "size": 1, "virtual": false, "row": {{BoardDocs.Row[..^2]}}, "percentile": 0 } }
            """),
        Problems = [ProblemKind.InvalidRequest, ProblemKind.Forbidden, ProblemKind.UnknownBoard, ProblemKind.UnknownMember],
    };

    public static readonly OperationDoc GetAmong = new("getAmong", "Leaderboards", "Read a board among friends",
        "The board of those who are named, 200 at most, in the board's order: `rank`, `place` and `tiedWith` count only them. Name yourself with `me`. Whoever is "
        + "unknown, has no score or does not wish to be seen is left out alike; you are shown to yourself even so, with `virtual: true` and without taking anybody's place. "
        + "`orderReason` is the whole board's.")
    {
        Permission = Operation.ReadBoards,
        Parameters = BoardDocs.AskedBoard,
        Request = """{ "members": ["K7Q2M9XA"] }""",
        Answer = new(200, "The rows.", $$"""{ "window": {{BoardDocs.Window}}, "ties": "standard", "rows": [{{BoardDocs.Row[..^2]}}, "virtual": false }] }"""),
        Problems = [ProblemKind.MalformedJson, ProblemKind.UnknownBoard, ProblemKind.InvalidDocument, ProblemKind.InvalidRequest],
    };
}
