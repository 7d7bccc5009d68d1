namespace Gamification.Api;

internal static class PrivacyDocs
{
    private const string Example = """{ "mode": "shown", "since": "2026-11-21T16:04:05+00:00" }""";

    private static readonly ParameterDoc Member = new("member", "`me` with a member token; admins name a public id.", "K7Q2M9XA");

    public static readonly OperationDoc Get = new("getPrivacy", "Members", "Read what others may see of you",
        "`shown` unless the member said otherwise; `since` is null until it does.")
    {
        Permission = Operation.ChoosePrivacy,
        Parameters = [Member],
        Answer = new(200, "What holds.", Example),
        Problems = [ProblemKind.Forbidden, ProblemKind.UnknownMember],
    };

    public static readonly OperationDoc Put = new("choosePrivacy", "Members", "Choose what others may see of you",
        "`shown`: boards show the pseudonym. `private`: on no board, the ranks of others pass over the member, who alone sees where it would stand. `hidden`: the public "
        + "profile is withdrawn everywhere. Durable when answered; live boards follow within a moment. Repeating it changes nothing. Of a member who was erased the answer "
        + "stays `erased`.")
    {
        Permission = Operation.ChoosePrivacy,
        Parameters = [Member],
        Request = """{ "mode": "shown" }""",
        Answer = new(200, "What holds from now on.", Example),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument, ProblemKind.Forbidden, ProblemKind.UnknownMember],
    };
}
