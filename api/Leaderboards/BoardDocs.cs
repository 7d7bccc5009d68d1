using System.Collections.Immutable;

namespace Gamification.Api;

internal static class BoardDocs
{
    private const string Row = """
        {
          "id": "K7Q2M9XA",
          "name": "Altair 4821",
          "place": 1,
          "rank": 1,
          "tiedWith": 0,
          "score": 32,
          "reachedAt": "2026-11-21T16:04:05+00:00",
          "orderReason": null
        }
        """;

    private const string Window = """{ "period": "week", "id": "2026-W47", "start": "2026-11-16", "end": "2026-11-23" }""";

    private static readonly ImmutableArray<ParameterDoc> Address =
    [
        new("scope", "`programme`, or `store:` and a store's id.", "programme"),
        new("period", "`day`, `week` (ISO), `month` or `all`.", "week"),
        new("metric", "`points` or `receipts`.", "points"),
        new("window", "Another window than the current one: `2026-11-21`, `2026-W47`, `2026-11`.", "2026-W47") { InQuery = true },
    ];

    private static readonly ParameterDoc Member = new("member", "A public id as boards show it, or `me` with a member token.", "K7Q2M9XA");

    public static readonly OperationDoc Get = new("getBoard", "Leaderboards", "Read a board",
        "Rows by place. `rank` is 1 + the number of better scores (1-2-2-4); `place` is the order shown: score, then who reached it first, then a hash. "
        + "`orderReason` says which of these puts the row above first: `score`, `reachedAt` or `draw`, null for the first row of the board. "
        + "`streamId` and `version` are those of the live topic. The window is the current one of the programme's business clock unless `window` names another; "
        + "one before 2000 or after the current one is empty. A store's screen reads that store's boards and the programme's. "
        + "Members and screens ask 50 times a second at most.")
    {
        Permission = Operation.ReadBoards,
        Parameters =
        [
            .. Address,
            new("offset", "Rows to pass over, 0 unless stated.", "0") { InQuery = true },
            new("limit", "1 to 500 rows, 50 unless stated.", "50") { InQuery = true },
        ],
        Answer = new(200, "A snapshot.", $$"""
            {
              "topic": "board/programme/week/points/2026-W47",
              "kind": "snapshot",
              "streamId": "s-1",
              "version": 1,
              "asOf": "2026-11-21T17:04:05+01:00",
              "window": {{Window}},
              "size": 1,
              "rows": [{{Row}}]
            }
            """),
        Problems = [ProblemKind.InvalidRequest, ProblemKind.UnknownBoard],
    };

    public static readonly OperationDoc GetAround = new("getAround", "Leaderboards", "Read the rows around a member",
        "The member and up to `each` neighbours on either side; no rows when it is not ranked.")
    {
        Permission = Operation.ReadBoards,
        Parameters = [.. Address, Member, new("each", "0 to 50 neighbours, 5 unless stated.", "5") { InQuery = true }],
        Answer = new(200, "The rows.", $$"""{ "window": {{Window}}, "size": 1, "rows": [{{Row}}] }"""),
        Problems = [ProblemKind.InvalidRequest, ProblemKind.UnknownBoard, ProblemKind.UnknownMember],
    };

    public static readonly OperationDoc GetPercentile = new("getPercentile", "Leaderboards", "Read a member's percentile",
        "The share of ranked members with a lower score, 0 to 100. `rank`, `size` and `percentile` are there when `ranked` is true.")
    {
        Permission = Operation.ReadBoards,
        Parameters = [.. Address, Member],
        Answer = new(200, "Where the member stands.", """{ "id": "K7Q2M9XA", "ranked": true, "rank": 1, "size": 1, "percentile": 0 }"""),
        Problems = [ProblemKind.UnknownBoard, ProblemKind.UnknownMember],
    };

    public static readonly OperationDoc GetRanks = new("getRanks", "Leaderboards", "Read the ranks of a list",
        "Rows of those members that are ranked, in the order asked, 500 at most.")
    {
        Permission = Operation.ReadBoards,
        Parameters = Address,
        Request = """{ "members": ["K7Q2M9XA"] }""",
        Answer = new(200, "The rows.", $$"""{ "rows": [{{Row[..^2]}}, "percentile": 0 }] }"""),
        Problems = [ProblemKind.MalformedJson, ProblemKind.UnknownBoard, ProblemKind.InvalidDocument],
    };
}
