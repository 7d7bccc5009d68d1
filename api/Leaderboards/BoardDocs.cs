using System.Collections.Immutable;

namespace Gamification.Api;

internal static class BoardDocs
{
    internal const string Row = """
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

    internal const string Window = """{ "period": "week", "id": "2026-W47", "start": "2026-11-16", "end": "2026-11-23" }""";

    private static readonly ImmutableArray<ParameterDoc> Address =
    [
        new("scope", "`programme`; `store:` and a store's id; `region:` and a zone of the earning document; `segment:` (for staff), `team:` or `tier:` and a name.", "programme"),
        new("period", "`day`, `week` (ISO), `month`, `season` (as the programme defines them) or `all`.", "week"),
        new("metric", "`points`, `receipts`, a measure of the programme's, or `spend` (minor units, net) where the programme opted in.", "points"),
        new("window", "Another window than the current one: `2026-11-21`, `2026-W47`, `2026-11`, or a season's id.", "2026-W47") { InQuery = true },
    ];

    private static readonly ParameterDoc Ties = new("ties",
        "How equals are ranked: `standard` (1-2-2-4), `dense` (1-2-2-3) or `ordinal` (1-2-3-4). The programme's own setting unless stated.", "standard") { InQuery = true };

    internal static readonly ImmutableArray<ParameterDoc> AskedBoard = [.. Address, Ties];

    private static readonly ParameterDoc Member = new("member", "A public id as boards show it, or `me` with a member token.", "K7Q2M9XA");

    public static readonly OperationDoc Get = new("getBoard", "Leaderboards", "Read a board",
        "Rows by place. `rank` counts equals as `ties` says, by default 1 + the number of better scores (1-2-2-4); `tiedWith` is how many others have the same "
        + "score, and `place` the order shown: score, then who reached it first, then a hash. Members in private mode, hidden and erased ones are on no board. "
        + "`orderReason` says which of these puts the row above first: `score`, `reachedAt` or `draw`, null for the first row of the board. "
        + "`streamId` and `version` are those of the live topic. The window is the current one of the programme's business clock unless `window` names another; "
        + "one before 2000 or after the current one is empty. A store's screen reads that store's boards and the programme's. "
        + "Members and screens ask 50 times a second at most.")
    {
        Permission = Operation.ReadBoards,
        Parameters =
        [
            .. AskedBoard,
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
              "ties": "standard",
              "rows": [{{Row}}]
            }
            """),
        Problems = [ProblemKind.InvalidRequest, ProblemKind.UnknownBoard],
    };

    public static readonly OperationDoc GetAround = new("getAround", "Leaderboards", "Read the rows around a member",
        "The member and up to `each` neighbours on either side; no rows when it is not ranked.")
    {
        Permission = Operation.ReadBoards,
        Parameters = [.. AskedBoard, Member, new("each", "0 to 50 neighbours, 5 unless stated.", "5") { InQuery = true }],
        Answer = new(200, "The rows.", $$"""{ "window": {{Window}}, "size": 1, "ties": "standard", "rows": [{{Row}}] }"""),
        Problems = [ProblemKind.InvalidRequest, ProblemKind.UnknownBoard, ProblemKind.UnknownMember],
    };

    public static readonly OperationDoc GetPercentile = new("getPercentile", "Leaderboards", "Read a member's percentile",
        "The share of ranked members with a lower score, 0 to 100. `rank`, `size` and `percentile` are there when `ranked` is true.")
    {
        Permission = Operation.ReadBoards,
        Parameters = [.. AskedBoard, Member],
        Answer = new(200, "Where the member stands.", """{ "id": "K7Q2M9XA", "ranked": true, "rank": 1, "size": 1, "percentile": 0 }"""),
        Problems = [ProblemKind.InvalidRequest, ProblemKind.UnknownBoard, ProblemKind.UnknownMember],
    };

    public static readonly OperationDoc GetRanks = new("getRanks", "Leaderboards", "Read the ranks of a list",
        "Rows of those members that are ranked, in the order asked, 500 at most.")
    {
        Permission = Operation.ReadBoards,
        Parameters = AskedBoard,
        Request = """{ "members": ["K7Q2M9XA"] }""",
        Answer = new(200, "The rows.", $$"""{ "ties": "standard", "rows": [{{Row[..^2]}}, "percentile": 0 }] }"""),
        Problems = [ProblemKind.MalformedJson, ProblemKind.UnknownBoard, ProblemKind.InvalidDocument, ProblemKind.InvalidRequest],
    };
}
