namespace Gamification.Api;

internal static class ProgrammeDocs
{
    public static readonly OperationDoc GetStores = new("getStores", "Programme", "List the stores", "The programme's stores with their names in French, Dutch and English.")
    {
        Permission = Operation.ReadStores,
        Answer = new(200, "All stores.", """{ "stores": [{ "id": "BRU", "name": { "fr": "Bruxelles", "nl": "Brussel", "en": "Brussels" }, "timeZone": "Europe/Brussels" }] }"""),
    };

    public static readonly OperationDoc GetTotals = new("getTotals", "Programme", "Read the sums",
        "Sales that stand, those among them without a card, members with an entry, points and net spend: of all stores or of one. Exact up to the last acknowledged receipt.")
    {
        Permission = Operation.ReadTotals,
        Parameters = [new("store", "One store only.", "BRU") { InQuery = true }],
        Answer = new(200, "The sums.", """{ "store": "BRU", "receipts": 1, "anonymousReceipts": 0, "members": 1, "points": 32, "spend": 32.45, "currency": "EUR" }"""),
        Problems = [ProblemKind.InvalidRequest],
    };

    public static readonly OperationDoc GetQuarantine = new("getQuarantine", "Programme", "Read the quarantine",
        "Receipts that were refused or that contradict an earlier one, newest first, each once. `reason` is the problem's code. "
        + "A body that is no text stands in `bodyBase64` instead of `body`.")
    {
        Permission = Operation.ReadQuarantine,
        Parameters =
        [
            new("store", "One store only.", "BRU") { InQuery = true },
            new("cursor", "The `next` of the page before.", "djI") { InQuery = true },
            new("limit", "1 to 100, 50 unless stated.", "50") { InQuery = true },
        ],
        Answer = new(200, "A page.", """
            {
              "quarantine": [
                { "number": 1, "store": "BRU", "reason": "malformed-json", "detail": "The body is not one JSON document in UTF-8, nested at most 8 deep.",
                  "receivedAt": "2026-11-21T16:04:05.123+00:00", "body": "{" }
              ],
              "next": null
            }
            """),
        Problems = [ProblemKind.InvalidRequest],
    };
}
