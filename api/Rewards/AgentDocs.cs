namespace Gamification.Api;

internal static class AgentDocs
{
    private static readonly ParameterDoc Agent = new("agent", "The agent's name, as tokens carry it.", "karim");

    public static readonly OperationDoc Set = new("setAgent", "Gestures", "Set what an agent may give",
        "Points a calendar month, how many of them without a second agent, and for which reasons. It holds from now on; what was given counts.")
    {
        Permission = Operation.ManageAgents,
        Parameters = [new("agent", "Lower-case letters, digits, dots and hyphens, 40 at most.", "sofie")],
        Request = """{ "quota": 5000, "aloneMax": 500, "reasons": ["late-delivery", "damaged"] }""",
        Answer = new(204, "Set."),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument],
    };

    public static readonly OperationDoc Give = new("giveGesture", "Gestures", "Give points or a reward, or forgive debt, for a reason",
        "The agent is the person that the token names. Within the agent's own limit the points reach the member at once (`granted`); above it the gesture is `waiting` for a second agent. "
        + "`declined` when the account cannot take it. Instead of `points` a `reward` of the catalogue: it counts as much as it costs, and one that is not for sale always takes a second agent. Or `forgive` so many points of debt before time does (the oldest first, and no more than is owed when it arrives): they count like points given. `id` is a UUID that the screen made: a second click is the same gesture, once.")
    {
        Permission = Operation.GiveGestures,
        Request = """{ "id": "5d8f9a52-3f0f-4d53-a4b2-0d2a2b1f7c11", "member": "K7Q2M9XA", "points": 300, "reason": "damaged" }""",
        Answer = new(200, "Where it stands.", """{ "id": "5d8f9a52-3f0f-4d53-a4b2-0d2a2b1f7c11", "state": "granted" }"""),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument, ProblemKind.UnknownMember, ProblemKind.UnknownAgent, ProblemKind.RefusedGesture],
    };

    public static readonly OperationDoc Open = new("listGestures", "Gestures", "List an agent's unfinished gestures", "Those that wait for a second agent, or are on their way; oldest first.")
    {
        Permission = Operation.GiveGestures,
        Parameters = [Agent],
        Answer = new(200, "What is open.", """
            {
              "gestures": [
                { "id": "6d8f9a52-3f0f-4d53-a4b2-0d2a2b1f7c12", "state": "waiting", "member": "K7Q2M9XA", "points": 900, "reward": null, "forgives": false, "reason": "damaged", "date": "2026-11-21", "secondAgent": null }
              ]
            }
            """),
    };

    public static readonly OperationDoc Decide = new("decideGesture", "Gestures", "Decide on another agent's gesture",
        "Four eyes: the person that the token names, and never the agent who gave it. Deciding again is answered by where it stands.")
    {
        Permission = Operation.GiveGestures,
        Parameters = [Agent, new("gesture", "Its `id`.", "6d8f9a52-3f0f-4d53-a4b2-0d2a2b1f7c12")],
        Request = """{ "approved": true }""",
        Answer = new(200, "Where it stands.", """{ "id": "6d8f9a52-3f0f-4d53-a4b2-0d2a2b1f7c12", "state": "granted" }"""),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument, ProblemKind.UnknownAgent, ProblemKind.RefusedGesture],
    };

    public static readonly OperationDoc Audit = new("getAgentAudit", "Gestures", "Read an agent's history", "Everything that was set, given, decided and delivered, newest first, and by whom.")
    {
        Permission = Operation.ManageAgents,
        Parameters = [Agent, new("cursor", "The `next` of the page before.", "djI") { InQuery = true }, new("limit", "1 to 200 lines, 50 unless stated.", "50") { InQuery = true }],
        Answer = new(200, "A page.", """
            { "lines": [{ "version": 2, "type": "agent.given", "gesture": "6d8f9a52-3f0f-4d53-a4b2-0d2a2b1f7c12", "by": "karim", "recordedAt": "2026-11-21T16:04:05.123+00:00" }], "next": null }
            """),
        Problems = [ProblemKind.InvalidRequest],
    };
}
