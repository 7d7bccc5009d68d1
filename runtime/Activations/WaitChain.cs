using Gamification.Runtime.Calls;

namespace Gamification.Runtime.Activations;

/// <summary>
/// Explains an overdue request. Two chains that started apart may wait for each other, each holding the grain that the other needs; no
/// chain of callers shows that, but what each request waits for does.
/// </summary>
internal static class WaitChain
{
    private const int LengthMax = 50;

    /// <summary>
    /// The circle of waits that <paramref name="overdue"/> is part of, from it and back to it; null when it waits for something that may
    /// still end. It looks at other lanes without stopping them, which is good enough where nothing has moved for a whole timeout.
    /// </summary>
    public static List<string>? CycleFrom(Request overdue)
    {
        List<string> chain = [];
        var at = overdue;
        while (chain.Count < LengthMax)
        {
            chain.Add(at.Describe());
            if (WaitsFor(at) is not { } next || next == at) return null;
            if (next == overdue)
            {
                chain.Add(overdue.Describe());
                return chain;
            }

            at = next;
        }

        return null;
    }

    private static Request? WaitsFor(Request request) => request.Phase == RequestPhase.Running
        ? request.LatestCall is { IsAnswered: false } call ? call : null
        : request.Target.RunsFirst;
}
