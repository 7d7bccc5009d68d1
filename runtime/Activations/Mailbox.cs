using Gamification.Runtime.Calls;
using Gamification.Runtime.Scheduling;

namespace Gamification.Runtime.Activations;

/// <summary>
/// The requests of one activation that have not started: counted from the moment they are sent, from any thread, and kept in order once
/// they have arrived, on the lane. A struct that lives in one field; never copy it.
/// </summary>
internal struct Mailbox
{
    private RequestList _waiting;
    private int _sent;
    private int _taken;

    public readonly bool IsEmpty => _waiting.IsEmpty;

    public readonly Request? First => _waiting.First;

    /// <summary>Requests that were sent here and have not started. Safe from any thread, and then a guess.</summary>
    public int Depth => unchecked(Volatile.Read(ref _sent) - Volatile.Read(ref _taken));

    /// <summary>From any thread: takes a place, unless all are taken.</summary>
    public bool TryReserve(long limit)
    {
        if (unchecked(Interlocked.Increment(ref _sent) - Volatile.Read(ref _taken)) <= limit) return true;

        Interlocked.Decrement(ref _sent);
        return false;
    }

    /// <summary>From any thread: takes a place, free or not.</summary>
    public void Reserve() => Interlocked.Increment(ref _sent);

    /// <summary>A request that never took a place comes in.</summary>
    public void AddPlace()
    {
        unchecked
        {
            _taken--;
        }
    }

    /// <summary>
    /// A request gives its place up: it starts, or it never will. Only the difference of the counts matters, so both may wrap.
    /// </summary>
    public void FreePlace()
    {
        unchecked
        {
            _taken++;
        }
    }

    public void Add(Request request, Lane lane)
    {
        request.Phase = RequestPhase.Waiting;
        _waiting.Add(request);
        lane.Counters.Waiting++;
    }

    /// <summary>
    /// Takes out a waiting request whose predecessor is <paramref name="before"/>, null for the first. It keeps its place.
    /// </summary>
    public void Remove(Request request, Request? before, Lane lane)
    {
        _waiting.Remove(request, before);
        request.Phase = RequestPhase.Arrived;
        lane.Counters.Waiting--;
    }

    public void Remove(Request request, Lane lane)
    {
        Request? before = null;
        for (var at = First; at is not null; before = at, at = RequestList.After(at))
        {
            if (at != request) continue;
            Remove(at, before, lane);
            return;
        }
    }
}
