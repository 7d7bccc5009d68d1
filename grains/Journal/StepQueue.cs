namespace Gamification.Journal;

/// <summary>
/// Lines up the steps of a reentrant actor that wait for storage in between and must not overlap: each begins when the one before has ended, however it ended.
/// Called within the actor's turns only.
/// </summary>
internal sealed class StepQueue
{
    /// <summary>The newest step; a fault when it failed.</summary>
    public Task Last { get; private set; } = Task.CompletedTask;

    /// <summary>Ends, or fails, as the step does.</summary>
    public Task Run(Func<Task> step)
    {
        return Last = After(Last);

        async Task After(Task before)
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            await step();
        }
    }
}
