namespace Gamification.LoadTests.Checkout;

/// <summary>A store and the key of its tills.</summary>
internal sealed record StoreKey(string Store, string Key);

/// <summary>The last word on a receipt after so many tries. Status 0: there is none, for no answer came or only refusals for now.</summary>
internal readonly record struct Said(int Status, Answer? Answer, int Tries)
{
    public bool IsPromise => Status is 200 or 201;
}

/// <summary>
/// Posts receipts as a till does: the same bytes again after a dropped connection, a timeout, a 429 or a 5xx, and not before the server's
/// Retry-After; never again after another 4xx.
/// </summary>
internal sealed class Till(Uri origin, IReadOnlyList<StoreKey> stores, IReceiptSource receipts, int batchSize, int tries, Promises promises)
{
    private readonly byte[][] _single = Heads(new(origin, "/v1/receipts"), "application/json", stores);
    private readonly byte[][] _batch = Heads(new(origin, "/v1/receipts/batch"), "application/x-ndjson", stores);

    /// <summary>One new receipt, one request.</summary>
    public (int Offered, int Achieved) Post(Gunner gunner, int index) => (1, PostNew(gunner, index) is null ? 0 : 1);

    /// <summary>The same, and the answer if it is a promise.</summary>
    public Answer? PostNew(Gunner gunner, int index)
    {
        var said = Ask(gunner, index);
        if (said.IsPromise) promises.Make(index, said.Answer!, isFirstTry: said.Tries == 1);
        if (said.Status == 0) promises.LeaveOpen(index);
        return said.IsPromise ? said.Answer : null;
    }

    /// <summary>Batch n of new receipts, one line each. Lines without a final answer are sent again, without the others.</summary>
    public (int Offered, int Achieved) PostBatch(Gunner gunner, int batch)
    {
        List<int> open = [.. Enumerable.Range(batch * batchSize, batchSize)];
        var achieved = 0;
        for (var attempt = 1; attempt <= tries && open.Count > 0; attempt++)
        {
            if (attempt > 1) gunner.Tally.Retries++;
            var length = 0;
            foreach (var index in open)
            {
                length += receipts.Write(index, gunner.Buffer.AsSpan(length));
                gunner.Buffer[length++] = (byte)'\n';
            }

            var reply = gunner.Http.Send(_batch[receipts.StoreOf(open[0])], gunner.Buffer.AsSpan(0, length));
            if (reply.Delivery != Delivery.Answered) gunner.Tally.Count($"batch {reply.Delivery}");
            else if (reply.Status != 200) gunner.Tally.Count($"batch {reply.Status}");
            if (reply.Status is >= 400 and < 500 and not 429) return (batchSize, achieved);

            // The whole lines of a broken answer count: what they say was promised.
            var sent = open.ToArray();
            for (var rest = reply.Body.Span; rest.IndexOf((byte)'\n') is var end and >= 0; rest = rest[(end + 1)..])
            {
                if (Answer.Read(rest[..end]) is not { } answer || answer.Line < 1 || answer.Line > sent.Length) continue;
                var index = sent[answer.Line - 1];
                if (!open.Contains(index) || !IsFinal(gunner, index, answer.Status, answer)) continue;
                open.Remove(index);
                if (answer.Status is not (200 or 201)) continue;
                promises.Make(index, answer, isFirstTry: attempt == 1);
                achieved++;
            }

            if (open.Count > 0 && attempt < tries) WaitToRetry(gunner, reply, attempt);
        }

        foreach (var index in open) promises.LeaveOpen(index);
        return (batchSize, achieved);
    }

    /// <summary>Posts a receipt, new or not, until there is a final answer or patience ends.</summary>
    public Said Ask(Gunner gunner, int index)
    {
        var length = receipts.Write(index, gunner.Buffer);
        for (var attempt = 1; ; attempt++)
        {
            var reply = gunner.Http.Send(_single[receipts.StoreOf(index)], gunner.Buffer.AsSpan(0, length));
            var answer = Answer.Read(reply.Body.Span);
            if (reply.Delivery != Delivery.Answered) gunner.Tally.Count($"{reply.Delivery}");
            else if (IsFinal(gunner, index, reply.Status, answer)) return new(reply.Status, answer, attempt);

            if (attempt == tries) return new(0, null, attempt);
            WaitToRetry(gunner, reply, attempt);
            gunner.Tally.Retries++;
        }
    }

    private bool IsFinal(Gunner gunner, int index, int status, Answer? answer)
    {
        gunner.Tally.Count($"{status}");
        if (status is not (200 or 201)) return status is < 500 and not 429;
        if (answer?.Receipt?.EndsWith(receipts.NumberOf(index), StringComparison.Ordinal) == true) return true;
        gunner.Tally.Count("of another receipt, or unreadable");
        return false;
    }

    private static void WaitToRetry(Gunner gunner, in Reply reply, int attempt)
    {
        if (reply.RetryAfter > TimeSpan.Zero) gunner.Tally.RetriesAfter++;
        Thread.Sleep(reply.RetryAfter > TimeSpan.Zero ? reply.RetryAfter : TimeSpan.FromMilliseconds(Math.Min(10 << attempt, 2_000)));
    }

    private static byte[][] Heads(Uri url, string contentType, IReadOnlyList<StoreKey> stores) =>
        [.. stores.Select(store => RawHttp.Head("POST", url, store.Key, contentType))];
}
