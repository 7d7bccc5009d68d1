using Gamification.Runtime.Calls;
using Gamification.Runtime.Scheduling;

namespace Gamification.Runtime.Activations;

/// <summary>
/// The requests of one activation, those that run and those that wait, and the rule of what may start when. Touched on the activation's lane
/// only, except where a member says otherwise. A struct that lives in one field; never copy it.
/// </summary>
internal struct Agenda
{
    private Running _running;
    private Mailbox _mailbox;

    public readonly bool IsEmpty => _running.IsEmpty && _mailbox.IsEmpty;

    public readonly bool RunsNothing => _running.IsEmpty;

    /// <summary>Safe from any thread, and then a guess.</summary>
    public bool LooksBusy => !IsEmpty || Depth > 0;

    /// <summary>Requests that were sent here and have not started. Safe from any thread, and then a guess.</summary>
    public int Depth => _mailbox.Depth;

    /// <summary>From any thread, and then a guess.</summary>
    public readonly Request? RunsFirst => _running.First;

    public readonly Request? WaitsFirst => _mailbox.First;

    /// <summary>For messages.</summary>
    public readonly string RunsNow => _running.IsEmpty ? "nothing" : string.Join(", ", _running.All.Select(request => request.Describe()));

    /// <summary>From any thread: takes a place, unless all are taken.</summary>
    public bool TryReserve(long limit) => _mailbox.TryReserve(limit);

    /// <summary>From any thread: takes a place, free or not.</summary>
    public void Reserve() => _mailbox.Reserve();

    /// <summary>A request that never took a place comes in.</summary>
    public void AddPlace() => _mailbox.AddPlace();

    /// <summary>A request gives its place up: it starts, or it never will.</summary>
    public void FreePlace() => _mailbox.FreePlace();

    /// <summary>Whether a request that has just arrived may start before the others of its turn are looked at.</summary>
    public readonly bool MayStartOnArrival(Request request, bool isReentrant) =>
        _running.IsEmpty || isReentrant ? _mailbox.IsEmpty : !_running.Blocks(request);

    /// <summary>
    /// The first of those that wait that may start beside what runs, and its predecessor. While <paramref name="owner"/> is ending, only what its
    /// own running requests have called, and so wait for.
    /// </summary>
    public readonly Request? NextToStart(Activation owner, bool isEnding, out Request? before)
    {
        before = null;
        for (var request = _mailbox.First; request is not null; before = request, request = RequestList.After(request))
        {
            var free = _running.IsEmpty || owner.Class.IsReentrant || !_running.Blocks(request);
            if (free && (!isEnding || ComesFrom(owner, request))) return request;

            // Behind an exclusive request only those that always interleave could start, and they did on arrival.
            if (!_running.HasReadersOnly && !isEnding) return null;
        }

        return null;
    }

    /// <summary>Whether waiting would never end: the request is blocked by one that waits for its answer.</summary>
    public readonly bool WouldDeadlock(Request request, Activation owner, bool isActive) =>
        (!isActive || (!owner.Class.IsReentrant && _running.Blocks(request))) && ComesFrom(owner, request);

    public void Start(Request request) => _running.Add(request);

    public void RemoveEnded() => _running.RemoveEnded();

    public void Wait(Request request, Lane lane) => _mailbox.Add(request, lane);

    /// <summary>Takes out what waits and keeps its place. <paramref name="before"/> is its predecessor, null for the first.</summary>
    public void TakeOut(Request request, Request? before, Lane lane) => _mailbox.Remove(request, before, lane);

    /// <summary>Takes out what waits, wherever it is, and its place with it.</summary>
    public void TakeBack(Request request, Lane lane)
    {
        _mailbox.Remove(request, lane);
        _mailbox.FreePlace();
    }

    /// <summary>Answers overdue requests; returns the next deadline.</summary>
    public long FailOverdue(Activation owner, long now)
    {
        var next = long.MaxValue;
        foreach (var request in _running.All)
        {
            if (request.IsAnswered || request.Phase == RequestPhase.Ended) continue;
            if (request.Deadline <= now) owner.Host.TimeOut(request, owner, now);
            else next = Math.Min(next, request.Deadline);
        }

        Request? before = null;
        for (var request = _mailbox.First; request is not null;)
        {
            var after = RequestList.After(request);
            if (request.Deadline <= now)
            {
                _mailbox.Remove(request, before, owner.Lane);
                _mailbox.FreePlace();
                owner.Host.TimeOut(request, owner, now);
            }
            else
            {
                next = Math.Min(next, request.Deadline);
                before = request;
            }

            request = after;
        }

        return next;
    }

    /// <summary>Whether a request that blocks this activation is among the callers of <paramref name="request"/>.</summary>
    private static bool ComesFrom(Activation owner, Request request)
    {
        for (var caller = request.Caller; caller is not null; caller = caller.Caller)
            if (caller.Target == owner && caller.Phase == RequestPhase.Running && Running.IsBlocking(caller)) return true;
        return false;
    }
}
