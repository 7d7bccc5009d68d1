namespace Gamification.Live;

/// <summary>How often one client may call: some calls at once, and so many more each second. Calls of one client come one at a time.</summary>
internal sealed class CallBudget(LiveOptions options, TimeProvider clock)
{
    private double _left = options.CallsAtOnceMax;
    private TimeSpan _countedAt = Uptime.Now(clock);

    public bool Take()
    {
        var now = Uptime.Now(clock);
        _left = Math.Min(options.CallsAtOnceMax, _left + ((now - _countedAt).TotalSeconds * options.CallsPerSecondMax));
        _countedAt = now;
        if (_left < 1) return false;
        _left--;
        return true;
    }
}
