namespace Gamification.Live;

/// <summary>
/// Runs the turns of one stream, one after another: when it is rung, and when the turn before said that something is due. Ends when nobody
/// has followed for a while.
/// </summary>
internal sealed class StreamLoop(string name, Audience audience, LiveOptions options, TimeProvider clock, ILogger log)
{
    private readonly Bell _bell = new(clock);

    public void Ring() => _bell.Ring();

    /// <param name="turn">Answers when it wants to run again, in <see cref="Uptime"/>.</param>
    /// <param name="tryRetire">Answers whether the stream has left the directory: false when a follower came in the meantime.</param>
    public async Task Run(Func<Task<TimeSpan>> turn, Func<bool> tryRetire, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var due = await Turn(turn, stopping);
            if (audience.EmptySince is { } since)
            {
                var end = since + options.Linger;
                if (Uptime.Now(clock) >= end && tryRetire()) break;
                if (end < due) due = end;
            }

            try
            {
                await _bell.Wait(due, stopping);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
    }

    private async Task<TimeSpan> Turn(Func<Task<TimeSpan>> turn, CancellationToken stopping)
    {
        try
        {
            return await turn();
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // Whom it asked has stopped, as it will.
            return Uptime.Now(clock);
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "The live stream {Stream} could not refresh; it tries again.", name);
            return Uptime.Now(clock) + options.RetryAfter;
        }
    }
}
