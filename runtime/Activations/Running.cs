using Gamification.Runtime.Calls;

namespace Gamification.Runtime.Activations;

/// <summary>
/// The requests that have started and not ended, and what may start beside them. Usually none or one, so the first has a field.
/// </summary>
internal struct Running
{
    private Request? _first;
    private List<Request>? _others;
    private int _exclusive;
    private int _readers;

    public readonly Request? First => _first;

    public readonly bool IsEmpty => _first is null;

    public readonly bool HasReadersOnly => _exclusive == 0;

    public readonly bool Blocks(Request incoming) =>
        !incoming.MayInterleaveAlways && (_exclusive > 0 || (_readers > 0 && !incoming.IsReadOnly));

    /// <summary>Whether others have to wait for this running request.</summary>
    public static bool IsBlocking(Request running) => !running.MayInterleaveAlways;

    public void Add(Request request)
    {
        if (_first is null) _first = request;
        else (_others ??= []).Add(request);
        Count(request, 1);
    }

    public void RemoveEnded()
    {
        for (var at = (_others?.Count ?? 0) - 1; at >= 0; at--)
        {
            var other = _others![at];
            if (other.Phase != RequestPhase.Ended) continue;
            _others.RemoveAt(at);
            Drop(other);
        }

        if (_first is not { Phase: RequestPhase.Ended } first) return;

        Drop(first);
        _first = null;
        if (_others is not { Count: > 0 }) return;

        _first = _others[0];
        _others.RemoveAt(0);
    }

    public readonly IEnumerable<Request> All => _first is null ? [] : _others is null ? [_first] : [_first, .. _others];

    private void Drop(Request ended)
    {
        Count(ended, -1);
        ended.Caller = null;
    }

    private void Count(Request request, int change)
    {
        if (request.MayInterleaveAlways) return;
        if (request.IsReadOnly) _readers += change;
        else _exclusive += change;
    }
}
