namespace Gamification.Api;

internal static class StandingWhyDocs
{
    private const string Asked = "At this moment of the business clock, by the rules as they stand. `says` is all of it in words, in the three languages, made from the same document that decides.";

    public static readonly OperationDoc GetTier = new("explainTier", "Statements", "Explain a member's tier",
        "Since when and by which entry the member has its tier, or lost the last one (`since.lost`); the status points that count today; what the next tier takes (`next`), earned today; what keeping "
        + $"the tier takes (`keep`, null when nothing is missing), earned before `falls.on`; and what time alone does and when, if nothing more is earned (`falls`). {Asked}")
    {
        Permission = Operation.ReadEntries,
        Parameters = [MemberDocs.Member],
        Answer = new(200, "Why.", """
            {
              "tier": "silver", "name": { "fr": "Argent", "nl": "Zilver", "en": "Silver" },
              "since": { "on": "2026-11-21", "lost": null, "version": 12, "spend": 250, "engagement": 0 },
              "counts": { "spend": 250, "engagement": 0, "from": "2026-01-01", "until": "2027-01-01" },
              "next": { "tier": "gold", "name": { "fr": "Or", "nl": "Goud", "en": "Gold" }, "missingSpend": 750, "missingEngagement": 200, "both": true },
              "keep": null,
              "falls": { "on": "2028-01-31", "to": null },
              "says": [{ "fr": "…", "nl": "…", "en": "You have been “Silver” since 21 November 2026. On that day 250 status points from purchases counted." }]
            }
            """),
        Problems = [ProblemKind.Forbidden, ProblemKind.UnknownMember, ProblemKind.UnknownStanding],
    };

    public static readonly OperationDoc GetStreak = new("explainStreak", "Statements", "Explain a member's streak",
        "What each period came to (`done`, `open`, `frozen`, `incident`, `vacation`, `repaired`, `missed`, `idle`), the newest 60 first; the run before and the period that ended it (`broken`); "
        + $"and the first day on which this run is over if nothing more is done (`endsOn`). Days are the member's own. {Asked}")
    {
        Permission = Operation.ReadEntries,
        Parameters = [MemberDocs.Member, new("streak", "The streak's id.", "weekly-visit")],
        Answer = new(200, "Why.", """
            {
              "id": "weekly-visit", "name": { "fr": "Habitué", "nl": "Stamgast", "en": "Regular" }, "per": "week",
              "current": 3, "since": "2026-10-26", "best": 5, "done": true, "daysMissing": 0, "freezes": 0, "endsOn": "2026-11-30", "nextMilestone": 4,
              "broken": { "periods": 5, "since": "2026-08-31", "missed": "2026-10-05", "days": 0, "repairBy": null },
              "periods": [{ "from": "2026-11-16", "fate": "done", "days": 1 }, { "from": "2026-11-09", "fate": "frozen", "days": 0 }],
              "how": { "fr": "…", "nl": "…", "en": "Regular: a purchase, each week. 4 weeks: 20 points." },
              "says": [{ "fr": "…", "nl": "…", "en": "A freeze covered the week of 9 November 2026." }]
            }
            """),
        Problems = [ProblemKind.Forbidden, ProblemKind.UnknownMember, ProblemKind.UnknownStanding],
    };

    public static readonly OperationDoc GetBadge = new("explainBadge", "Statements", "Explain a member's badge",
        "Which events count in the period of today (`counted`, the newest 100), and how many were taken back or never counted, because they came before the badge or too late for their period; what is "
        + $"missing for the next level; every award with what became of it and, where people gave it or took it away, their reason; and of a conditional badge what holds. {Asked}")
    {
        Permission = Operation.ReadEntries,
        Parameters = [MemberDocs.Member, new("badge", "The badge's id.", "explorer")],
        Answer = new(200, "Why.", """
            {
              "id": "explorer", "name": { "fr": "Explorateur", "nl": "Ontdekker", "en": "Explorer" }, "level": 0, "scope": "ever", "through": null, "done": 1, "needed": 3,
              "counted": [{ "receipt": "BRU/3/2026-11-21/000123", "event": null, "on": "2026-11-21", "quantity": 1 }], "moreCounted": 0, "takenBack": 0, "uncounted": 0,
              "awards": [], "pastAwards": 0, "requires": [],
              "how": { "fr": "…", "nl": "…", "en": "Explorer: a purchase, in 3 or 10 different stores." },
              "says": [{ "fr": "…", "nl": "…", "en": "1 of 3: another 2." }]
            }
            """),
        Problems = [ProblemKind.Forbidden, ProblemKind.UnknownMember, ProblemKind.UnknownStanding],
    };
}
