namespace Gamification.Tests.Runtime;

/// <summary>Timeouts, cancellation and full mailboxes.</summary>
public abstract class LimitTests<THost>
    where THost : IHostKind
{
    [Fact]
    public void A_full_mailbox_refuses_and_takes_more_once_it_has_room() => THost.Run(
        async host =>
        {
            var grain = host.Factory.GetGrain<IBlockedGrain>("one");
            var blocking = grain.WaitUntilReleased().AsTask();
            await grain.SawCancellation();
            var waiting = Enumerable.Range(0, 5).Select(_ => grain.Answer().AsTask()).ToArray();

            var refused = await Assert.ThrowsAsync<LimitExceededException>(async () => await grain.Answer());
            Assert.Contains("IBlockedGrain/one.Answer", refused.Message, StringComparison.Ordinal);

            // Others are not affected, and what does not wait in line finds room.
            await host.Factory.GetGrain<IBlockedGrain>("other").Answer();
            await grain.Release();
            await Task.WhenAll([blocking, .. waiting]);
            Assert.Equal(42, await grain.Answer());
        },
        options => options.MailboxLimit = 5);

    [Fact]
    public void A_cancelled_request_that_waits_never_runs() => THost.Run(async host =>
    {
        var grain = host.Factory.GetGrain<IBlockedGrain>("one");
        using var cancellation = new CancellationTokenSource();
        var blocking = grain.WaitUntilReleased().AsTask();
        await grain.SawCancellation();
        var waiting = grain.WaitUntilReleased(cancellation.Token).AsTask();
        cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await grain.Release();
        await blocking;
        Assert.False(await grain.SawCancellation());
    });

    [Fact]
    public void A_cancelled_request_that_runs_sees_its_token_and_frees_its_caller() => THost.Run(async host =>
    {
        var grain = host.Factory.GetGrain<IBlockedGrain>("one");
        using var cancellation = new CancellationTokenSource();
        var running = grain.WaitUntilReleased(cancellation.Token).AsTask();
        await grain.SawCancellation();
        cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(await grain.SawCancellation());
        await grain.Release();
        Assert.Equal(42, await grain.Answer());
    });

    [Fact]
    public void A_call_with_a_cancelled_token_never_starts() => THost.Run(async host =>
    {
        var grain = host.Factory.GetGrain<IBlockedGrain>("one");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await grain.WaitUntilReleased(new(canceled: true)));
        Assert.False(await grain.SawCancellation());
    });
}

public sealed class LimitsOnThreads : LimitTests<OnThreads>
{
    [Fact]
    public void A_call_without_an_answer_ends_by_the_clock() => OnThreads.Run(
        async host =>
        {
            var grain = host.Factory.GetGrain<IBlockedGrain>("one");
            await Assert.ThrowsAsync<TimeoutException>(async () => await grain.WaitUntilReleased());
            await grain.Release();
            Assert.Equal(42, await grain.Answer());
        },
        options => options.ResponseTimeout = TimeSpan.FromMilliseconds(30));
}

public sealed class LimitsInSimulation : LimitTests<InSimulation>
{
    [Fact]
    public void A_call_without_an_answer_ends_after_its_timeout_and_says_what_runs() => InSimulation.Run(async host =>
    {
        var time = host.Scheduler.Time;
        var grain = host.Factory.GetGrain<IBlockedGrain>("one");
        var start = time.GetUtcNow();

        var shortly = await Assert.ThrowsAsync<TimeoutException>(async () => await grain.WaitShortly());
        Assert.Equal(2, (time.GetUtcNow() - start).TotalSeconds, 0.1);
        Assert.Contains("IBlockedGrain/one.WaitShortly had no answer after 2", shortly.Message, StringComparison.Ordinal);
        Assert.Contains("while it ran", shortly.Message, StringComparison.Ordinal);

        var queued = await Assert.ThrowsAsync<TimeoutException>(async () => await grain.Answer());
        Assert.Equal(32, (time.GetUtcNow() - start).TotalSeconds, 0.1);
        Assert.Contains("before it started", queued.Message, StringComparison.Ordinal);
        Assert.Contains("now runs IBlockedGrain/one.WaitShortly", queued.Message, StringComparison.Ordinal);

        await grain.Release();
        Assert.Equal(42, await grain.Answer());
    });
}
