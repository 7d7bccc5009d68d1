namespace Gamification.Api;

internal static class SandboxDocs
{
    public static readonly OperationDoc Get = new("getSandbox", "Sandbox", "Read a sandbox's time",
        "Where the clock of a programme for testers stands; null when it was not placed yet, and for a programme that is no sandbox.")
    {
        Permission = Operation.AdvanceSandbox,
        Answer = new(200, "The time.", """{ "now": "2026-11-21T08:00:00+00:00" }"""),
    };

    public static readonly OperationDoc Advance = new("advanceSandbox", "Sandbox", "Move a sandbox's time",
        "For programmes whose settings say `\"clock\": \"sandbox\"`: time stands where this puts it, forward only, also after a restart. `to` is an instant, `by` an ISO 8601 period "
        + "counted on the calendar of the programme's zone; send one of them. The first call places the time, with `to`. Then everything that has become due happens before the answer: points "
        + "expire or become available, and so on; `woken` members were asked, and `changed` of them had something due. Receipts are received at this time. Moving to where it stands is no fault and wakes "
        + "again. Send `by` with an Idempotency-Key, and asking again moves once.")
    {
        Permission = Operation.AdvanceSandbox,
        Parameters = [new("Idempotency-Key", "Makes asking again safe, for ever.", "5b0e7a52-6a9b-4a52-9c3b-2f1f6f1d7c11") { InHeader = true }],
        Request = """{ "by": "P30D" }""",
        Answer = new(200, "Moved.", """{ "before": "2026-11-21T08:00:00+00:00", "now": "2026-12-21T08:00:00+00:00", "replayed": false, "woken": 1, "changed": 1 }"""),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidRequest, ProblemKind.InvalidDocument, ProblemKind.NotASandbox, ProblemKind.SandboxNotPlaced, ProblemKind.KeyReused],
    };
}
