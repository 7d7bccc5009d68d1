using System.Collections.Immutable;

namespace Gamification.Api;

internal static class SettledDocs
{
    private const string Certificate = """
        gamification-board 1
        board demo|programme|points|week|2026-W47
        received-before 1795734000000
        watermark 0:4711
        standings 1 sha256:5d3c0e1b6a53a3b1f2d0c7a9e1e5b8f4c6d2a7b9e0f1c3d5a7b9e1f3c5d7a9b1
        """;

    private static readonly ImmutableArray<ProblemKind> Problems = [ProblemKind.InvalidRequest, ProblemKind.UnknownBoard];

    public static readonly OperationDoc Get = new("getSettledBoard", "Leaderboards", "Read a board that is over",
        "As it stood when nothing counted any more: at the window's end in its zone and the programme's grace after it (72 hours unless stated). It never changes: what comes later counts "
        + "for the ledger alone. `window` is required. The programme's and the stores' boards are settled by themselves; others when staff asks, once they are due. Who left "
        + "since, or does not wish to be seen today, keeps the place without a name. On the board of a segment, a team or a tier is who belonged to it at the closing; a measure counts as its programme defined it then.")
    {
        Permission = Operation.ReadBoards,
        Parameters =
        [
            .. BoardDocs.AskedBoard,
            new("offset", "Rows to pass over, 0 unless stated.", "0") { InQuery = true },
            new("limit", "1 to 500 rows, 50 unless stated.", "50") { InQuery = true },
        ],
        Answer = new(200, "The rows and the certificate's hash.", $$"""
            { "window": {{BoardDocs.Window}}, "closedAt": "2026-11-26T00:00:00+01:00", "hash": "9f…", "chunks": 1, "size": 1, "ties": "standard", "rows": [{{BoardDocs.Row}}] }
            """),
        Problems = Problems,
    };

    public static readonly OperationDoc GetCertificate = new("getBoardCertificate", "Leaderboards", "Read a settled board's certificate",
        "Plain text whose SHA-256 is the board's `hash`. It has the SHA-256 of the standings, chunk after chunk, and how far the journal was counted: `verify` works them out again.")
    {
        Permission = Operation.ReadBoards,
        Parameters = BoardDocs.AskedBoard,
        Answer = new(200, "The certificate.", Certificate, "text/plain"),
        Problems = Problems,
    };

    public static readonly OperationDoc GetStandings = new("getBoardStandings", "Leaderboards", "Read a settled board's standings",
        "Plain text, a line a row: place, rank (0 for who was hidden), slot, 0, score, reached at (Unix milliseconds), 0, `v` or `h` for hidden. A slot stands for a member: the first 128 bits of SHA-256 "
        + "over the board's key, a line feed and the member's surrogate, so that it names nobody.")
    {
        Permission = Operation.ReadBoards,
        Parameters = [.. BoardDocs.AskedBoard, new("chunk", "From 0; 4,096 rows each.", "0")],
        Answer = new(200, "The rows.", "1 1 0f8fad5bd9cb469fa16570867728950e 0 32 1795190645000 0 v", "text/plain"),
        Problems = Problems,
    };
}
