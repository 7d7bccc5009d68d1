using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Gamification.LoadTests.Checkout;

/// <summary>What became of the promises. It has passed if nothing was found; totals are null when nobody may read them.</summary>
internal sealed record LossReport(int Promised, int AskedAgain, int Checked, Totals? Before, Totals? After, IReadOnlyList<string> Findings)
{
    public bool HasPassed => Findings.Count == 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
          loss check {(HasPassed ? "passed" : "FAILED")}: {Promised:N0} acknowledged, {AskedAgain:N0} asked again after the run
                     {Checked:N0} of the acknowledged posted again
                     {(Before is null ? "totals not compared, for there is no --staff" : $"{Before} →\n             {After}")}
        {string.Concat(Findings.Select(finding => $"    - {finding}\n"))}
        """);
}

/// <summary>
/// After the load: does the server have every receipt that it acknowledged, once? What is open is posted again until it is promised
/// or refused. The programme's totals must have grown by exactly the promises. Then promised receipts are posted once more: each has to be
/// answered as a replay, with the first outcome, and the totals may not move. Nobody else may post to the programme meanwhile.
/// </summary>
internal sealed class LossCheck(CheckoutOptions options, Till till, IReceiptSource receipts, Promises promises)
{
    public Totals? ReadTotals()
    {
        if (options.Staff is null) return null;
        using var http = new RawHttp(options.Origin, options.Timeout);
        var reply = http.Send(RawHttp.Head("GET", new(options.Origin, "/v1/totals"), options.Staff));
        return reply is { Delivery: Delivery.Answered, Status: 200 }
            ? JsonSerializer.Deserialize(reply.Body.Span, AnswerJson.Default.Totals)
            : throw new InvalidOperationException($"GET /v1/totals: {reply.Delivery} {reply.Status}");
    }

    public LossReport Run(Totals? before)
    {
        List<string> findings = [];
        var open = promises.TakeOpen();
        var askedAgain = open.Length;
        for (var round = 0; round < 10 && open.Length > 0; round++)
        {
            Shoot(open, (gunner, index) =>
            {
                var said = till.Ask(gunner, index);
                if (said.IsPromise) promises.Make(index, said.Answer!, isFirstTry: false);
                if (said.Status == 0) promises.LeaveOpen(index);
            });
            open = promises.TakeOpen();
        }

        if (open.Length > 0) findings.Add($"{open.Length} receipts have no final answer, however often they are posted{Name(open)}");

        // When a node dies, the edge asks again by itself: the answer to a first try may then be that it is known.
        if (promises.Known > 0 && options.Disturb is null) findings.Add($"{promises.Known} new receipts were answered as replays: their numbers were used before");

        var made = promises.Made();
        if (made.Length == 0) findings.Add("no receipt was acknowledged, so nothing is proven");
        var settled = before is null ? null : Settle(before, made.Length);
        Compare(before, settled, made, "after the load", findings);

        var sample = Sample(made);
        ConcurrentBag<int> lost = [], changed = [], unanswered = [];
        Shoot(sample, (gunner, promise) =>
        {
            var said = till.Ask(gunner, promise.Index);
            if (!said.IsPromise) unanswered.Add(promise.Index);
            else if (said.Status == 201 || !said.Answer!.Replayed) lost.Add(promise.Index);
            else if (said.Answer!.Fingerprint != promise.Fingerprint) changed.Add(promise.Index);
        });
        if (!lost.IsEmpty) findings.Add($"{lost.Count} acknowledged receipts were not there{Name(lost)}");
        if (!changed.IsEmpty) findings.Add($"{changed.Count} acknowledged receipts have another outcome now{Name(changed)}");
        if (!unanswered.IsEmpty) findings.Add($"{unanswered.Count} acknowledged receipts have no good answer now{Name(unanswered)}");

        var after = ReadTotals();
        if (after != settled) Compare(before, after, made, "after posting them again", findings);
        return new(made.Length, askedAgain, sample.Length, before, after, findings);
    }

    /// <summary>Totals may be a projection that lags: waits until they have grown enough, or no longer.</summary>
    private Totals Settle(Totals before, int promised)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var now = ReadTotals()!;
            if (now.Receipts - before.Receipts >= promised || Stopwatch.GetElapsedTime(start) > options.Settling) return now;
            Thread.Sleep(100);
        }
    }

    private void Compare(Totals? before, Totals? now, Promise[] made, string when, List<string> findings)
    {
        if (before is null || now is null) return;
        if (now.Receipts - before.Receipts != made.Length)
            findings.Add($"{when}, receipts have grown by {now.Receipts - before.Receipts}, and {made.Length} were acknowledged");
        if (now.AnonymousReceipts != before.AnonymousReceipts)
            findings.Add($"{when}, anonymous receipts have grown by {now.AnonymousReceipts - before.AnonymousReceipts}, and none was sent");
        var points = made.Sum(promise => promise.Points);
        if (options.ComparePoints && now.Points - before.Points != points)
            findings.Add($"{when}, points have grown by {now.Points - before.Points}, and {points} were acknowledged");
    }

    private Promise[] Sample(Promise[] made)
    {
        var sample = made.ToArray();
        new Random(options.Seed).Shuffle(sample);
        return sample[..Math.Min(sample.Length, options.Check)];
    }

    private void Shoot<T>(T[] items, Action<Gunner, T> act) =>
        LoadRun.Run(options.Origins, options.Connections, options.Timeout, Schedule.AtOnce(items.Length), (gunner, at) =>
        {
            act(gunner, items[at]);
            return (1, 1);
        });

    private string Name(IEnumerable<int> indices) => $" ({string.Join(", ", indices.Order().Take(3).Select(receipts.NumberOf))}, …)";
}
