using Gamification.Journal;
using Gamification.Runtime.Hosting;
using Gamification.Runtime.Scheduling;

namespace Gamification.Tests.Simulation;

/// <summary>A run of an engine, as far as dying goes.</summary>
internal interface IMortal
{
    ActorHost Host { get; }

    /// <summary>Tells the loops to end; what they have promised they still do.</summary>
    void Stop();
}

/// <summary>
/// An engine that dies at any moment and has a successor over the same storages, and callers who ask again until somebody answers. One that was not told to stop goes on
/// for a while, as a process does that has not noticed its death.
/// </summary>
internal sealed class MortalEngine<T>(int seed, Random random, SimulationScheduler scheduler, Func<T> next)
    where T : IMortal
{
    private const int AttemptsMax = 300;

    private readonly List<T> _dead = [];

    /// <summary>The one that lives.</summary>
    public T Now { get; private set; } = next();

    public Task Start() => Now.Host.StartAsync(default);

    /// <summary>Fewer than <paramref name="bound"/> deaths, half a minute apart at most.</summary>
    public async Task Crashes(int bound)
    {
        for (var crash = 0; crash < random.Next(0, bound); crash++)
        {
            await SomeTime(30_000);
            await Restart(random.Next(2) == 0);
        }
    }

    public async Task Restart(bool stops)
    {
        var dying = Now;
        _dead.Add(dying);
        Now = next();
        await Start();
        if (stops) dying.Stop();
    }

    /// <summary>A start that finds also what engines which did not know of their death have left behind.</summary>
    public async Task LastStart()
    {
        foreach (var dead in _dead.Append(Now)) await dead.Host.StopAsync(default);
        await Restart(stops: true);
    }

    public async Task End()
    {
        Now.Stop();
        await Now.Host.StopAsync(default);
    }

    public Task SomeTime(int millisecondsMax) => Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, millisecondsMax)), scheduler.Time);

    /// <summary>Asks once, and does not want to know.</summary>
    public static async Task Try<TAnswer>(Func<Task<TAnswer>> ask)
    {
        try
        {
            await ask();
        }
        catch (Exception fault) when (IsOfTheDay(fault))
        {
        }
    }

    public async Task<TAnswer> Insist<TAnswer>(Func<Task<TAnswer>> ask)
    {
        Exception? last = null;
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var asked = Now;
            try
            {
                return await ask();
            }
            catch (Exception fault) when (IsOfTheDay(fault))
            {
                last = fault;
                if (fault.InnerException is PartitionFencedException && ReferenceEquals(asked, Now)) await Restart(stops: true);
                await SomeTime(2_000);
            }
        }

        throw new TimeoutException($"seed {seed}: no answer after many attempts", last);
    }

    private static bool IsOfTheDay(Exception fault) => fault is JournalBusyException or JournalUnavailableException or CommitOutcomeUnknownException or TimeoutException or IOException;
}
