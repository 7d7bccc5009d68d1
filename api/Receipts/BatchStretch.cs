namespace Gamification.Api;

/// <summary>
/// Posts a stretch of lines with the result of posting them one after another, faster: the lines of one account in order, different accounts at
/// the same time. A line that names a receipt of an earlier line waits until that one is done, because where it goes may depend on it.
/// </summary>
public sealed class BatchStretch(ReceiptDesk desk, ReceiptRouting routing, Cards cards, ReceivingTime time, ILogger<BatchStretch> log)
{
    private static readonly ParsedReceipt TooLong = ParsedReceipt.Refused(ProblemKind.TooLarge, "The line is longer than 1 MB.");

    internal async ValueTask<ReceiptAnswer[]> Run(Caller caller, Programme programme, List<BatchLine> lines)
    {
        var receivedAt = await time.Of(programme);
        var postings = Read(caller, programme, lines, receivedAt);
        var answers = new ReceiptAnswer[postings.Length];
        Dictionary<string, CardHolder?> holders;
        try
        {
            holders = await cards.ResolveAll(caller.Programme, CardsIn(postings));
        }
        catch (Exception fault)
        {
            Array.Fill(answers, Told(fault));
            return answers;
        }

        var named = new HashSet<ReceiptKey>();
        var accounts = new Dictionary<string, Task>(StringComparer.Ordinal);
        for (var i = 0; i < postings.Length; i++)
        {
            if (postings[i].Parsed.Receipt is { } receipt)
            {
                if (named.Contains(receipt.Key) || (receipt.Original is { } original && named.Contains(original)))
                {
                    await Task.WhenAll(accounts.Values);
                    accounts.Clear();
                    named.Clear();
                }

                named.Add(receipt.Key);
            }

            await Start(postings[i], holders, accounts, answers, i);
        }

        await Task.WhenAll(accounts.Values);
        return answers;
    }

    private static Posting[] Read(Caller caller, Programme programme, List<BatchLine> lines, DateTimeOffset receivedAt)
    {
        var postings = new Posting[lines.Count];
        for (var i = 0; i < postings.Length; i++)
        {
            var bytes = lines[i].Bytes;
            var parsed = lines[i].TooLong ? TooLong : ParsedReceipt.Read(bytes, caller, programme, receivedAt);
            postings[i] = new(caller, programme, parsed, bytes, receivedAt);
        }

        return postings;
    }

    /// <summary>Those that decide where a line goes.</summary>
    private static IEnumerable<string> CardsIn(Posting[] postings)
    {
        foreach (var posting in postings)
        {
            if (posting.Parsed is { Receipt: { } receipt, Card: { } card } && !ReceiptRouting.NeedsOwner(receipt)) yield return card;
        }
    }

    /// <summary>Finds the line's account and lines it up there. A fault is this line's answer and no other's.</summary>
    private async ValueTask Start(Posting posting, Dictionary<string, CardHolder?> holders, Dictionary<string, Task> accounts, ReceiptAnswer[] answers, int line)
    {
        try
        {
            var route = posting.Parsed is { Receipt: { } receipt }
                ? await routing.Of(posting.Caller.Programme, posting.Parsed, ReceiptRouting.NeedsOwner(receipt) ? null : holders)
                : null;
            if (posting.Parsed == TooLong)
            {
                answers[line] = TooLong.Problem!;
            }
            else if (route is { } found)
            {
                accounts[found.Key] = PostAfter(accounts.GetValueOrDefault(found.Key, Task.CompletedTask), posting, found, answers, line);
            }
            else
            {
                answers[line] = await desk.Refuse(posting);
            }
        }
        catch (Exception fault)
        {
            answers[line] = Told(fault);
        }
    }

    private async Task PostAfter(Task before, Posting posting, Route route, ReceiptAnswer[] answers, int line)
    {
        await before;
        try
        {
            answers[line] = await desk.Post(posting, route);
        }
        catch (Exception fault)
        {
            answers[line] = Told(fault);
        }
    }

    private Problem Told(Exception fault)
    {
        var problem = Faults.ToProblem(fault);
        if (Faults.IsOurs(problem)) log.LogError(fault, "A line of a batch failed.");
        return problem;
    }
}
