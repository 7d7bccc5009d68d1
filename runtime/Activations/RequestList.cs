using Gamification.Runtime.Calls;
using Gamification.Runtime.Scheduling;

namespace Gamification.Runtime.Activations;

/// <summary>Requests that wait for their activation, in order of arrival, linked through the requests themselves.</summary>
internal struct RequestList
{
    private IWorkItem? _first;
    private IWorkItem? _last;

    public readonly bool IsEmpty => _first is null;

    public readonly Request? First => (Request?)_first;

    public void Add(Request request)
    {
        IWorkItem item = request;
        item.Next = null;
        if (_last is null) _first = item;
        else _last.Next = item;
        _last = item;
    }

    public static Request? After(Request request) => (Request?)((IWorkItem)request).Next;

    /// <summary>Takes out <paramref name="request"/>, whose predecessor is <paramref name="before"/>, null for the first.</summary>
    public void Remove(Request request, Request? before)
    {
        IWorkItem item = request;
        if (before is null) _first = item.Next;
        else ((IWorkItem)before).Next = item.Next;
        if (_last == item) _last = before;
        item.Next = null;
    }
}
