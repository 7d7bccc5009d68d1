namespace Gamification.Api;

internal static class StatementDocs
{
    private const string Holdings = """
        "member": "K7Q2M9XA",
        "name": "Altair 4821",
        "version": 1,
        "at": "2026-11-21T16:04:05+00:00",
        "units": [
          {
            "unit": "points", "available": 32, "pending": 0, "held": 0, "owed": 0,
            "summary": { "fr": "32 disponibles", "nl": "32 beschikbaar", "en": "32 available" },
            "origin": { "fr": "Ces 32 points viennent de 1 ticket.", "nl": "Deze 32 punten komen van 1 kasticket.", "en": "These 32 points came from 1 receipt." },
            "lots": [
              {
                "source": "BRU/3/2026-11-21/000123", "amount": 32, "initial": 32, "earnedAt": "2026-11-21T16:04:05+00:00", "pending": false,
                "availableAt": null, "expiresOn": "2027-11-21"
              }
            ],
            "moreLots": 0,
            "expiries": [{ "on": "2027-11-21", "amount": 32 }],
            "arrivals": [],
            "debts": []
          }
        ]
        """;

    public static readonly OperationDoc GetHoldings = new("getHoldings", "Statements", "Read what a member has, lot by lot",
        "For each unit: which lots there are, in the order in which they are spent, where each came from, since when and until when it is valid; what expires on which "
        + "day; when pending points come; and what returns left owing. All of it at this moment of the business clock. At most 1,000 lots are listed; `moreLots` says how many are not.")
    {
        Permission = Operation.ReadEntries,
        Parameters = [MemberDocs.Member],
        Answer = new(200, "What there is.", $$"""{ {{Holdings}} }"""),
        Problems = [ProblemKind.Forbidden, ProblemKind.UnknownMember],
    };

    public static readonly OperationDoc GetJson = new("exportStatementJson", "Statements", "Export a member's whole history as JSON",
        "What the member has, as `holdings` answers it, and every entry, oldest first, as `entries` answers them. It goes up to `version`, the newest entry when the export began. "
        + "The answer is sent while it is read, so a connection that ends early leaves a document that is not whole.")
    {
        Permission = Operation.ReadEntries,
        Parameters = [MemberDocs.Member],
        Answer = new(200, "The history.", $$"""{ {{Holdings}}, "entries": [{{MemberDocs.Entry}}] }"""),
        Problems = [ProblemKind.Forbidden, ProblemKind.UnknownMember],
    };

    public static readonly OperationDoc GetCsv = new("exportStatementCsv", "Statements", "Export a member's whole history as CSV",
        "RFC 4180, UTF-8: one row for each lot that a posting moved, one for a posting without lots, one for an entry without postings, oldest first. The columns keep "
        + "their order; new ones come at the end. With Accept-Language `fr`, `nl` or `en` the first row names them in that language, else by their codes; the last column is "
        + "in that language too (else French), and all other values are the same in each. A text that a spreadsheet would take for a formula begins with an apostrophe.")
    {
        Permission = Operation.ReadEntries,
        Parameters = [MemberDocs.Member],
        Answer = new(200, "The history.", """
            version,type,recorded_at,occurred_at,receipt,receipt_type,event,event_type,subject,treatment,total,currency,points,balance,unit,posting,from,to,amount,at,cause,source,reason,rule,lot_source,lot_amount,lot_earned_at,lot_available_at,lot_expires_on,text
            1,receipt.posted,2026-11-21T17:04:05.123+01:00,2026-11-21T17:04:05+01:00,BRU/3/2026-11-21/000123,sale,,,,earned,32.45,EUR,32,32,points,earned,issued,available,32,2026-11-21T17:04:05.1+01:00,,,,base@1,BRU/3/2026-11-21/000123,32,2026-11-21T17:04:05+01:00,,2027-11-21,Gagnés. 32 points. À l’achat : 1 point pour 1 € d’achat.
            """, "text/csv"),
        Problems = [ProblemKind.Forbidden, ProblemKind.UnknownMember],
    };

    public static readonly OperationDoc GetWhy = new("explainEntry", "Statements", "Explain an entry",
        "Which rules brought its points and by what, as recorded; and which rules were in force and did not count, each with the first thing that was not so. Multiplier, caps "
        + "and the member's tier are those of then. `exact` is false when deciding again would come to something else, because documents or the catalogue have changed since: "
        + "then `missed` speaks of the rules as they stand. `note` says why no rule was asked at all, such as for a return.")
    {
        Permission = Operation.ReadEntries,
        Parameters = [MemberDocs.Member, new("version", "The entry's version, as `entries` answers it.", "1")],
        Answer = new(200, "Why.", """
            {
              "version": 1, "type": "receipt.posted", "receipt": "BRU/3/2026-11-21/000123", "event": null, "points": 32, "exact": true, "multiplier": 1, "tier": null, "segments": [], "note": null,
              "applied": [
                {
                  "rule": "base@1", "points": 32, "granted": null, "outdone": false,
                  "text": {
                    "fr": "32 points. À l’achat : 1 point pour 1 € d’achat.",
                    "nl": "32 punten. Bij een aankoop: 1 punt per € 1 aankoop.",
                    "en": "32 points. On a purchase: 1 point for every €1 spent."
                  }
                }
              ],
              "missed": [
                {
                  "rule": "fruit@2", "reason": "no-goods",
                  "text": { "fr": "…", "nl": "…", "en": "On a purchase: double points, on items of category “Fruit”." },
                  "because": { "fr": "Aucun article du ticket n’y donne droit.", "nl": "Geen artikel op het kasticket komt in aanmerking.", "en": "No item on the receipt counts for it." }
                }
              ],
              "lines": [{ "points": 32, "spend": 32.45, "multiplier": 1 }],
              "counters": [{ "rule": "base", "per": "day", "from": "2026-11-21", "points": 32, "times": 1 }]
            }
            """),
        Problems = [ProblemKind.Forbidden, ProblemKind.UnknownMember, ProblemKind.UnknownEntry],
    };
}
