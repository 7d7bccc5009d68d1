namespace Gamification.Api;

internal static class CircleDocs
{
    public static readonly OperationDoc GetOwn = new("getOwnStanding", "Leaderboards", "Read where you stand",
        "For a member token. `virtual` is true for a member in private mode: it is on no board, the ranks of others pass over it, and `row` says where it would "
        + "stand. `row` is null without a score above 0. `percentile` is the share of ranked members with a lower score, 0 to 100.")
    {
        Permission = Operation.ReadBoards,
        Parameters = BoardDocs.AskedBoard,
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
        Request = """{ "members": ["me", "K7Q2M9XA"] }""",
        Answer = new(200, "The rows.", $$"""{ "window": {{BoardDocs.Window}}, "ties": "standard", "rows": [{{BoardDocs.Row[..^2]}}, "virtual": false }] }"""),
        Problems = [ProblemKind.MalformedJson, ProblemKind.UnknownBoard, ProblemKind.InvalidDocument, ProblemKind.InvalidRequest],
    };
}
