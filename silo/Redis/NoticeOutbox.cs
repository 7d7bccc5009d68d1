using System.Threading.Channels;
using Gamification.Live;

namespace Gamification.Redis;

/// <summary>What waits to be sent: of each topic the newest notice, and no more than so many topics.</summary>
internal sealed class NoticeOutbox(int topicsMax)
{
    private readonly Lock _gate = new();
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private Dictionary<NoticeTopic, Notice> _waiting = [];

    /// <summary>False when there is no room for one more topic.</summary>
    public bool TryPut(Notice notice)
    {
        lock (_gate)
        {
            if (_waiting.Count >= topicsMax && !_waiting.ContainsKey(notice.Topic)) return false;
            _waiting[notice.Topic] = notice;
        }

        return _bell.Writer.TryWrite(true);
    }

    /// <summary>Returns once there is something.</summary>
    public async ValueTask<IReadOnlyCollection<Notice>> Take(CancellationToken stopping)
    {
        await _bell.Reader.ReadAsync(stopping);
        lock (_gate)
        {
            var taken = _waiting;
            _waiting = [];
            return taken.Values;
        }
    }
}
