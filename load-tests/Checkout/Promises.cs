namespace Gamification.LoadTests.Checkout;

/// <summary>One receipt that the server said it has, and what it said.</summary>
internal readonly record struct Promise(int Index, long Points, int Fingerprint);

/// <summary>What the server has promised so far. Any thread may add.</summary>
internal sealed class Promises
{
    private readonly Lock _lock = new();
    private readonly List<Promise> _made = [];
    private readonly List<int> _open = [];

    /// <summary>Receipts called replays when they were sent for the first time: their numbers had been used before.</summary>
    public int Known { get; private set; }

    public void Make(int index, Answer answer, bool isFirstTry)
    {
        lock (_lock)
        {
            _made.Add(new(index, answer.Points, answer.Fingerprint));
            if (isFirstTry && answer.Replayed) Known++;
        }
    }

    /// <summary>Nobody knows whether the server has this one: no answer came, or only refusals for now.</summary>
    public void LeaveOpen(int index)
    {
        lock (_lock) _open.Add(index);
    }

    public Promise[] Made()
    {
        lock (_lock) return [.. _made];
    }

    /// <summary>Hands over what is open, to be asked again.</summary>
    public int[] TakeOpen()
    {
        lock (_lock)
        {
            int[] open = [.. _open];
            _open.Clear();
            return open;
        }
    }
}
