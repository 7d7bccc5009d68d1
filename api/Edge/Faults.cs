using Gamification.Journal;
using Gamification.Leaderboards;
using Gamification.Programmes.Documents;

namespace Gamification.Api;

/// <summary>What a caller is told of an exception: what is known about its receipt, never what happened inside.</summary>
internal static class Faults
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(1);

    public static Problem ToProblem(Exception fault) => fault switch
    {
        JournalBusyException busy => Unavailable("Receipts come faster than they can be written. Nothing of this one was recorded.", busy.RetryAfter),
        JournalUnavailableException => Unavailable("The database cannot be reached. Nothing of this request was recorded.", Soon),
        AppendRefusedException => new(ProblemKind.InvalidDocument, "The database can never keep this as it is. Nothing of it was recorded, and sending it again does not help."),
        CommitOutcomeUnknownException => Unavailable("The database's answer was lost, so it is not known whether this was recorded. Send it again.", Soon),
        _ when HostFaults.IsRefusal(fault) => Unavailable("The engine is stopping. Nothing of this request was recorded.", Soon),
        ProgrammeNotCurrentException => Unavailable("This node cannot make sure that it has the newest rules. Nothing of this request was recorded.", Soon),
        SandboxNotPlacedException unplaced => new(ProblemKind.SandboxNotPlaced, unplaced.Message) { Errors = [new("", "sandbox-not-placed", "Begin with POST /v1/sandbox/advance and to.")] },
        TooManyBoardsException => Unavailable("As many boards are live as this engine keeps.", Later),
        LimitExceededException => Unavailable("One account has more requests waiting than it can take. Nothing of this one was recorded.", Soon),
        TimeoutException => Unavailable("There was no answer in time, so it is not known whether this was recorded. Send it again.", Soon),
        _ when HostFaults.IsLost(fault) => Unavailable("The node that was asked is gone, so it is not known whether this was recorded. Send it again.", Soon),
        BadHttpRequestException { StatusCode: 413 } => new(ProblemKind.TooLarge, "The body is larger than this address takes."),
        BadHttpRequestException => new(ProblemKind.InvalidRequest, "The request could not be read to its end."),
        _ => new(ProblemKind.Fault, "The request could not be served."),
    };

    public static bool IsOurs(Problem problem) => problem.Kind == ProblemKind.Fault;

    private static Problem Unavailable(string detail, TimeSpan wait) => new(ProblemKind.Unavailable, detail) { RetryAfter = wait };
}
