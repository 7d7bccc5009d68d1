namespace Gamification.Api;

internal static class ReceiptDocs
{
    private const string Sale = """
        {
          "type": "sale",
          "store": "BRU",
          "till": "3",
          "businessDate": "2026-11-21",
          "number": "000123",
          "occurredAt": "2026-11-21T17:04:05+01:00",
          "card": "2000000001234",
          "currency": "EUR",
          "total": 32.45,
          "paidWithPoints": 0,
          "paidWithVouchers": 0,
          "lines": [
            { "sku": "85123A", "quantity": 6, "unitPrice": 5.1, "amount": 30.60, "kind": "product", "vat": 5.31 },
            { "sku": "BANANAS", "quantity": 0.925, "unitPrice": 2, "amount": 1.85 }
          ]
        }
        """;

    private const string Recorded = """
        {
          "outcome": "recorded",
          "replayed": false,
          "receipt": "BRU/3/2026-11-21/000123",
          "member": "K7Q2M9XA",
          "treatment": "earned",
          "points": 32,
          "balance": 32,
          "version": 1,
          "taken": [],
          "flags": [],
          "warnings": [],
          "recordedAt": "2026-11-21T16:04:05.123+00:00"
        }
        """;

    public static readonly OperationDoc Post = new("postReceipt", "Receipts", "Post a receipt",
        "A sale, a return or a void, as the till closed it. It is durable when the answer comes. Post again whenever in doubt: a receipt counts once, "
        + "named by store, till, business date and number, and a repeat is answered with the first result and `replayed: true`. "
        + "Amounts are in units of the currency. The total is the sum of the lines' amounts; discounts are lines with a negative amount. "
        + "A return or void names its sale in `original` when the till knows it. Fields that are not known are kept with the receipt, 16 of them and "
        + "2 KB in all, each with a warning `unknown-field`, or `unknown-field-dropped` beyond that; they are no part of what makes a repeat. "
        + "`treatment` says what became of the points: earned, anonymous, held, taken-back, audited, taken-by-amount, taken-by-sku or parked. "
        + "Where a multiplier worked, `multiplier` says which and `multipliedBy` at most three rules with their points and sentences; `almostThere` tells, once for each goal and at most three at a time, "
        + "what is missing of it. "
        + "`member`, `balance` and these are told where the member's own card is on the receipt, and null otherwise. "
        + "A sale without a card is answered with a `claimCode` to print. A void names a receipt of its own store.")
    {
        Permission = Operation.PostReceipts,
        Request = Sale,
        Answer = new(201, "Recorded now. A repeat is answered with 200 and the same body, `replayed: true`.", Recorded),
        Problems =
        [
            ProblemKind.MalformedJson, ProblemKind.WrongStore, ProblemKind.DuplicateConflict, ProblemKind.TooLarge, ProblemKind.UnsupportedMediaType,
            ProblemKind.InvalidReceipt, ProblemKind.RefusedReceipt, ProblemKind.UnknownCard,
        ],
    };

    public static readonly OperationDoc Preview = new("previewReceipt", "Receipts", "Ask what a receipt would earn",
        "The same rule that awards points decides, by the facts of the card's holder when a known card is given; nothing is recorded and nobody is admitted. "
        + "`pointsByLine` adds up to `points`, and `multiplier` is the greatest that works on any line.")
    {
        Permission = Operation.PreviewReceipts,
        Request = Sale,
        Answer = new(200, "What it would earn.", """{ "points": 32, "netSpend": 32.45, "pointsByLine": [30, 2], "multiplier": 1, "why": [] }"""),
        Problems = [ProblemKind.MalformedJson, ProblemKind.WrongStore, ProblemKind.TooLarge, ProblemKind.UnsupportedMediaType, ProblemKind.InvalidReceipt, ProblemKind.RefusedReceipt],
    };

    public static readonly OperationDoc Batch = new("postReceipts", "Receipts", "Post many receipts",
        "One receipt a line, at most 50,000 lines and 16 MB. Each line is answered by one line, in order, as if it had been posted alone: `line` and `status`, "
        + "then what a single receipt is answered, or the problem. A bad line is refused alone. Lines of one account are taken in order. "
        + "Blank lines are passed over but counted.")
    {
        Permission = Operation.PostReceipts,
        RequestType = "application/x-ndjson",
        Request = """
            {"type":"sale","store":"BRU","till":"3","businessDate":"2026-11-21","number":"000124","card":"2000000001234","currency":"EUR","total":5,"lines":[{"sku":"85123A","quantity":1,"amount":5}]}
            {"type":"return","store":"BRU","till":"3","businessDate":"2026-11-21","number":"000125","card":"2000000001234","currency":"EUR","total":-5,"original":{"store":"BRU","till":"3","businessDate":"2026-11-21","number":"000124"},"lines":[{"sku":"85123A","quantity":-1,"amount":-5}]}

            """,
        Answer = new(200, "One line an input line.", """
            {"line":1,"status":201,"outcome":"recorded","replayed":false,"receipt":"BRU/3/2026-11-21/000124","member":"K7Q2M9XA","treatment":"earned","points":5,"balance":37,"version":2,"taken":[],"flags":["occurred-at-missing"],"warnings":[],"recordedAt":"2026-11-21T16:04:06.1+00:00"}
            {"line":2,"status":201,"outcome":"recorded","replayed":false,"receipt":"BRU/3/2026-11-21/000125","member":"K7Q2M9XA","treatment":"taken-back","points":-5,"balance":32,"version":3,"taken":[{"receipt":"BRU/3/2026-11-21/000124","points":5}],"flags":["occurred-at-missing"],"warnings":[],"recordedAt":"2026-11-21T16:04:06.2+00:00"}

            """, "application/x-ndjson"),
        Problems = [ProblemKind.TooSlow, ProblemKind.TooLarge, ProblemKind.UnsupportedMediaType],
    };
}
