using Gamification.Rules.Challenges.Settlement;

namespace Gamification.Challenges;

/// <summary>
/// What is sent to very many members in windows of 4,096, each recorded once all of it has been answered. Slices of the next window are under way while one is recorded,
/// so that neither the journal nor this waits for the other; whoever starts anew after a crash sends the windows that were not recorded, whole.
/// </summary>
internal static class Windows
{
    public const int SliceSize = 512;
    private const int SlicesOfWindow = StandingsText.ChunkRows / SliceSize;

    /// <summary>A quarter of the journal's queue: tills find room beside it.</summary>
    private const int SlicesTogether = 4;

    /// <summary>The answers of each window from <paramref name="from"/> up to <paramref name="to"/>, in order. Slices are numbered from the first window's.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<T>> Send<T>(int from, int to, Func<int, Task<T>> send)
    {
        var (sent, window) = (new Queue<Task<T>>(), new List<T>(SlicesOfWindow));
        try
        {
            for (var next = from * SlicesOfWindow; next < to * SlicesOfWindow || sent.Count > 0;)
            {
                while (next < to * SlicesOfWindow && sent.Count < SlicesTogether) sent.Enqueue(send(next++));
                window.Add(await sent.Dequeue());
                if (window.Count < SlicesOfWindow) continue;
                yield return window;
                window = new(SlicesOfWindow);
            }
        }
        finally
        {
            // Nobody is left at work behind the back of whoever tries again.
            foreach (var slice in sent) await ((Task)slice).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }
}
