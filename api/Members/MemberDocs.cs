namespace Gamification.Api;

internal static class MemberDocs
{
    internal const string Entry = """
        {
          "version": 1,
          "type": "receipt.posted",
          "receipt": "BRU/3/2026-11-21/000123",
          "receiptType": "sale",
          "treatment": "earned",
          "points": 32,
          "balance": 32,
          "total": 32.45,
          "occurredAt": "2026-11-21T17:04:05+01:00",
          "recordedAt": "2026-11-21T16:04:05.123+00:00",
          "taken": [],
          "postings": [
            {
              "unit": "points", "kind": "earned", "from": "issued", "to": "available", "amount": 32, "at": "2026-11-21T16:04:05.1+00:00",
              "cause": null, "source": null, "reason": null, "rule": "base@1",
              "text": { "fr": "Gagnés", "nl": "Verdiend", "en": "Earned" },
              "lots": [{ "source": "BRU/3/2026-11-21/000123", "amount": 32, "earnedAt": "2026-11-21T16:04:05+00:00", "availableAt": null, "expiresOn": "2027-11-21" }]
            }
          ],
          "why": [
            {
              "rule": "base@1", "points": 32,
              "text": {
                "fr": "32 points. À l’achat : 1 point pour 1 € d’achat.",
                "nl": "32 punten. Bij een aankoop: 1 punt per € 1 aankoop.",
                "en": "32 points. On a purchase: 1 point for every €1 spent."
              }
            }
          ],
          "recognised": [{ "fr": "Badge « Explorateur » obtenu.", "nl": "Badge ‘Ontdekker’ behaald.", "en": "Badge “Explorer” earned." }],
          "activity": null
        }
        """;

    private const string Account = $$"""
        {
          "member": "K7Q2M9XA",
          "name": "Altair 4821",
          "version": 1,
          "balance": 32,
          "lifetime": 32,
          "receipts": 1,
          "enrolled": true,
          "purses": [
            {
              "unit": "points", "available": 32, "pending": 0, "held": 0, "owed": 0, "owedFor": null, "forgivenOn": null,
              "nextExpiry": { "amount": 32, "on": "2027-11-21" },
              "summary": { "fr": "32 disponibles", "nl": "32 beschikbaar", "en": "32 available" }
            }
          ],
          "recognition": {{RecognitionDocs.Recognition}},
          "last": [{{Entry}}]
        }
        """;

    internal static readonly ParameterDoc Member = new("member", "A public id as boards show it, or `me` with a member token.", "K7Q2M9XA");

    public static readonly OperationDoc Get = new("getMember", "Members", "Read an account",
        "Totals, what there is of each unit at this moment, and the ten newest entries, for the member itself and for admins. `balance` is what can be "
        + "spent; `purses` says what waits, what is reserved, what returns left owing and what expires next; `recognition` tells of tier, badges, streaks, stamp cards and paid plans, "
        + "null where the programme has none. Marketers and moderators get the public part: `member` and `name`. "
        + "A member who asks for anybody else is answered 403, whether they exist or not.")
    {
        Permission = Operation.ReadMember,
        Parameters = [Member],
        Answer = new(200, "The account.", Account),
        Problems = [ProblemKind.Forbidden, ProblemKind.UnknownMember],
    };

    public static readonly OperationDoc GetEntries = new("getEntries", "Members", "Read an account's entries",
        "Newest first. `postings` says what an entry moved in the ledger, lot by lot, and `why` which rules brought its points, in sentences, and `recognised` what it made of tier, badges, streaks, cards and plans; they are empty "
        + "in a programme without an earning document. `activity` tells of an event that is no receipt. `next` is the cursor of the page after this one, null at the end; entries that come meanwhile do not shift the pages.")
    {
        Permission = Operation.ReadEntries,
        Parameters =
        [
            Member,
            new("cursor", "The `next` of the page before.", "djI") { InQuery = true },
            new("limit", "1 to 200 entries, 50 unless stated.", "50") { InQuery = true },
        ],
        Answer = new(200, "A page.", $$"""{ "entries": [{{Entry}}], "next": null }"""),
        Problems = [ProblemKind.InvalidRequest, ProblemKind.Forbidden, ProblemKind.UnknownMember],
    };

    public static readonly OperationDoc Claim = new("claimReceipt", "Members", "Claim a receipt that had no card",
        "Credits a sale that was posted without a card, once, within the programme's days, to whoever has the code that the till printed. "
        + "Claiming the same receipt again is answered with the first result.")
    {
        Permission = Operation.ClaimReceipt,
        Parameters = [Member],
        Request = """{ "receipt": "BRU/3/2026-11-21/000126", "code": "ABCD-EFGH" }""",
        Answer = new(201, "Credited. A repeat is answered with 200 and `replayed: true`.", """{ "replayed": false, "points": 12, "balance": 44 }"""),
        Problems = [ProblemKind.MalformedJson, ProblemKind.Forbidden, ProblemKind.UnknownMember, ProblemKind.InvalidDocument, ProblemKind.RefusedClaim],
    };

    public static readonly OperationDoc Enrol = new("enrolCard", "Members", "Enrol a card",
        "The card's holder becomes a member and is credited what was held for it. Safe to repeat. Marketers are answered with the public part only.")
    {
        Permission = Operation.EnrolCard,
        Request = """{ "card": "2000000001234" }""",
        Answer = new(200, "The account.", Account),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument],
    };
}
