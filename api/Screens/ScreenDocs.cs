namespace Gamification.Api;

internal static class ScreenDocs
{
    public static readonly OperationDoc Open = new("openPairing", "Screens", "Show a pairing code",
        "For a screen that has no token yet. It shows `code`, keeps `secret` to itself and asks for its pairing every two seconds. Nothing is kept before a claim.")
    {
        Answer = new(201, "The code, good for ten minutes.", """
            { "pairingId": "0M9XA7WQ2K7Q2M9X", "code": "7WQ2M9", "secret": "…", "expiresAt": "2026-11-21T16:10:00+00:00" }
            """),
        Problems = [ProblemKind.TooManyRequests],
    };

    public static readonly OperationDoc Ask = new("askPairing", "Screens", "Ask whether the code was claimed",
        "`waiting` until it is; then `paired`, with the token, once. The token reads boards until it is revoked as a key.")
    {
        Parameters =
        [
            new("pairing", "The `pairingId`.", "0M9XA7WQ2K7Q2M9X"),
            new("X-Pairing-Secret", "The `secret`.", "…") { InHeader = true },
        ],
        Answer = new(200, "Waiting, or paired.", """{ "status": "paired", "token": "screen_7WQ2M9XA_…", "store": "BRU", "language": "fr" }"""),
        Problems = [ProblemKind.UnknownPairing, ProblemKind.PairingGone, ProblemKind.TooManyRequests],
    };

    public static readonly OperationDoc Claim = new("claimPairing", "Screens", "Claim a screen",
        "Gives the screen that shows this code a token for the boards, under a name to find it by. Without a store it shows the whole programme. To take it back, revoke `keyId`.")
    {
        Permission = Operation.PairScreens,
        Request = """{ "code": "7WQ2M9", "store": "BRU", "name": "Entrance", "language": "fr" }""",
        Answer = new(201, "Claimed.", """{ "keyId": "7WQ2M9XA", "store": "BRU", "name": "Entrance", "language": "fr" }"""),
        Problems = [ProblemKind.MalformedJson, ProblemKind.UnknownPairing, ProblemKind.InvalidDocument, ProblemKind.TooManyKeys],
    };
}
