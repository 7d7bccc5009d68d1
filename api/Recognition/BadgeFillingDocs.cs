namespace Gamification.Api;

internal static class BadgeFillingDocs
{
    public static readonly OperationDoc Post = new("fillBadge", "Programme", "Fill a badge in for the past",
        "A badge that a document brings counts from then on. This makes it what it would be had it been there from each member's first entry on, for the next members in the order in which they "
        + "came: ask again with `after` set to `next` until that is null. What it awards and was not awarded is given now, with its gifts; what was awarded since is never taken away. Returns take "
        + "from it as from any other badge. `preview` records nothing and answers what it would bring. Asking twice does nothing twice, and whoever was interrupted goes on or begins anew. Refused are "
        + "badges that people give, that a challenge's members reach together, and whose first so many a campaign counts. `changed` members have other progress or awards than before.")
    {
        Permission = Operation.ChangeProgramme,
        Parameters = [new("badge", "The badge's id.", "explorer")],
        Request = """{ "preview": true }""",
        Answer = new(200, "What the page brought.", """{ "preview": true, "members": 214, "changed": 0, "awards": 37, "points": 1110, "next": "0:500" }"""),
        Problems = [ProblemKind.Forbidden, ProblemKind.InvalidDocument, ProblemKind.UnknownStanding, ProblemKind.RefusedCommand],
    };
}
