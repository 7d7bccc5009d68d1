namespace Gamification.Tests;

/// <summary>What follows a moment after an answer, or more than a moment when a node is gone: asked for until it holds.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    public static Task Holds(Func<bool> holds) => Holds(() => Task.FromResult(holds()));

    public static async Task Holds(Func<Task<bool>> holds)
    {
        var clock = TimeProvider.System;
        var since = clock.GetTimestamp();
        while (!await holds())
        {
            Assert.True(clock.GetElapsedTime(since) < Patience, "It did not come to hold.");
            await Task.Delay(Between, clock);
        }
    }
}
