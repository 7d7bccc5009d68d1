using System.Globalization;

namespace Gamification.Tests;

/// <summary>
/// The seeds that a test of drawn lives tries. How many, and from which on, can be told: for <c>FOLD</c> by <c>FOLD_SEEDS=100000 FOLD_FIRST=1</c>, for a long night, or for the one that failed.
/// </summary>
internal sealed class Seeds(string name, int count)
{
    public int First { get; } = Told(name, "FIRST") ?? 1;

    public int Count { get; } = Told(name, "SEEDS") ?? count;

    public void Each(Action<int> live) => Each(seed => seed, live);

    /// <summary>One after the other. A failure names its seed.</summary>
    /// <param name="draw">What is drawn from a seed.</param>
    /// <param name="live">What is done with it.</param>
    /// <param name="trace">What else helps to understand a failure.</param>
    public void Each<T>(Func<int, T> draw, Action<T> live, Func<T, string>? trace = null)
    {
        for (var seed = First; seed < First + Count; seed++)
        {
            var drawn = draw(seed);
            try
            {
                live(drawn);
            }
            catch (Exception fault)
            {
                throw Failed(seed, fault, trace is null ? "" : $" {trace(drawn)}");
            }
        }
    }

    /// <summary>The same for what waits.</summary>
    public async Task Each(Func<int, Task> live)
    {
        for (var seed = First; seed < First + Count; seed++)
        {
            try
            {
                await live(seed);
            }
            catch (Exception fault)
            {
                throw Failed(seed, fault, "");
            }
        }
    }

    public override string ToString() => $"{Count} seeds from {First}";

    private InvalidOperationException Failed(int seed, Exception fault, string trace) =>
        new($"Seed {seed} failed ({name}_FIRST={seed} {name}_SEEDS=1){trace}: {fault.Message}", fault);

    private static int? Told(string name, string what) =>
        Environment.GetEnvironmentVariable($"{name}_{what}") is { } told ? int.Parse(told, CultureInfo.InvariantCulture) : null;
}
