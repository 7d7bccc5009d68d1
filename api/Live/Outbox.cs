using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.SignalR;

namespace Gamification.Live;

/// <summary>
/// What one connection is still to be sent. Not messages: topics that have something newer than was sent, and, once it is to end, last words.
/// So it is as small for a client that stopped reading as for any other. All methods may be called from any thread.
/// </summary>
internal sealed class Outbox
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Subscription> _followed = [];
    private readonly Queue<SerializedHubMessage> _lastWords = [];
    private long _marks;
    private bool _emptying;
    private bool _closing;
    private bool _ended;

    public int TopicCount
    {
        get
        {
            lock (_gate) return _followed.Count;
        }
    }

    /// <summary>False when the connection has ended in the meantime. <paramref name="wake"/>: somebody has to begin emptying.</summary>
    public bool TryFollow(Subscription subscription, out bool wake)
    {
        lock (_gate)
        {
            wake = false;
            if (_ended) return false;
            _followed.Add(subscription.Topic.Text, subscription);
            wake = MarkLocked(subscription);
            return true;
        }
    }

    public Subscription? Unfollow(string topic)
    {
        lock (_gate) return _followed.Remove(topic, out var subscription) ? subscription : null;
    }

    /// <summary>The next message of this topic is a snapshot. False when it is not followed.</summary>
    public bool TryStartOver(string topic, out bool wake)
    {
        lock (_gate)
        {
            wake = false;
            if (!_followed.TryGetValue(topic, out var subscription)) return false;
            subscription.Sent = null;
            wake = MarkLocked(subscription);
            return true;
        }
    }

    /// <summary>There may be something newer. True when somebody has to begin emptying.</summary>
    public bool Mark(Subscription subscription)
    {
        lock (_gate) return MarkLocked(subscription);
    }

    /// <summary>These go before all that waits, and nothing comes after them. True when somebody has to begin emptying.</summary>
    public bool Close(IEnumerable<SerializedHubMessage> lastWords)
    {
        lock (_gate)
        {
            if (_closing || _ended) return false;
            _closing = true;
            foreach (var message in lastWords) _lastWords.Enqueue(message);
            return Begin();
        }
    }

    /// <summary>The connection is gone; answers what it followed.</summary>
    public Subscription[] End()
    {
        lock (_gate)
        {
            _ended = true;
            Subscription[] followed = [.. _followed.Values];
            _followed.Clear();
            return followed;
        }
    }

    /// <summary>What goes next. After false, whoever empties stops, until one of the above says to begin.</summary>
    public bool TryTake([NotNullWhen(true)] out SerializedHubMessage? message, out Push? push)
    {
        lock (_gate)
        {
            push = null;
            if (!_ended && _lastWords.TryDequeue(out message)) return true;

            while (!_closing && !_ended && MostUrgent() is { } next)
            {
                next.DirtySince = null;
                push = next.Stream.Next(next.Sent);
                if (push is not { } found) continue;

                // Before the write, so that a wish for a snapshot during the write is not lost. A write that fails ends the connection.
                next.Sent = found.Cursor;
                message = found.Message;
                return true;
            }

            message = null;
            return _emptying = false;
        }
    }

    private bool MarkLocked(Subscription subscription)
    {
        if (_closing || _ended) return false;
        subscription.DirtySince ??= ++_marks;
        return Begin();
    }

    private bool Begin()
    {
        if (_emptying) return false;
        return _emptying = true;
    }

    private Subscription? MostUrgent()
    {
        Subscription? first = null;
        foreach (var subscription in _followed.Values)
        {
            if (subscription.DirtySince is not null && subscription.GoesBefore(first)) first = subscription;
        }

        return first;
    }
}
