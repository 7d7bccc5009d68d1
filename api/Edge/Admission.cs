namespace Gamification.Api;

/// <summary>Which requests give way to which when the process is full.</summary>
public enum Lane
{
    /// <summary>Receipts: somebody stands at a till.</summary>
    Tills,

    Others,

    /// <summary>Health and documentation: never refused, they cost nothing and are needed most when all else is refused.</summary>
    Always,
}

/// <summary>How many requests this process serves at once (spec Q7). The last quarter is for tills only.</summary>
public sealed class Admission(EdgeOptions options)
{
    private readonly int _tillsMax = options.InFlightMax;
    private readonly int _othersMax = options.InFlightMax - (options.InFlightMax / 4);
    private int _inFlight;

    public int InFlight => Volatile.Read(ref _inFlight);

    public bool TryEnter(Lane lane)
    {
        var now = Interlocked.Increment(ref _inFlight);
        if (lane == Lane.Always || now <= (lane == Lane.Tills ? _tillsMax : _othersMax)) return true;
        Interlocked.Decrement(ref _inFlight);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _inFlight);
}
