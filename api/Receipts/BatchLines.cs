using System.Buffers;
using System.IO.Pipelines;

namespace Gamification.Api;

/// <summary>One line of a batch; no bytes when it was too long to be read.</summary>
internal readonly record struct BatchLine(int Number, ReadOnlyMemory<byte> Bytes, bool TooLong);

/// <summary>
/// Splits a body into lines as it arrives and holds no more of it than one line of 1 MB. Blank lines count, so that numbers are those of the
/// sender's file, but are not given. A sender that is slower than the edge allows is told so and read no further; what we take to answer is not
/// its slowness.
/// </summary>
internal sealed class BatchLines(PipeReader reader, EdgeOptions options, TimeProvider clock)
{
    public const long BodyMax = 16 * 1024 * 1024;
    public const int LinesMax = 50_000;
    private const int LineMax = ReceiptEndpoints.BodyMax;

    private TimeSpan _waited;
    private long _received;
    private long _read;
    private bool _ended;
    private bool _skipping;

    /// <summary>The number of the last line given or passed over.</summary>
    public int Number { get; private set; }

    /// <summary>Why reading stopped before the end, or null.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>How long a sender may let us wait in all for what it has sent so far and the next of it.</summary>
    private TimeSpan Patience => options.BatchPatience + TimeSpan.FromSeconds(_received / (double)options.BatchBytesPerSecondMin);

    /// <summary>Adds what is at hand, at most <paramref name="max"/> lines, waiting only when there is none; false at the end.</summary>
    public async ValueTask<bool> Read(List<BatchLine> lines, int max)
    {
        while (!_ended && lines.Count == 0)
        {
            if (await Receive() is not { } read) break;
            var rest = read.Buffer;
            while (lines.Count < max && Problem is null && rest.PositionOf((byte)'\n') is { } end)
            {
                Add(lines, rest.Slice(0, end));
                rest = rest.Slice(rest.GetPosition(1, end));
            }

            var stopped = lines.Count == max || Problem is not null;
            if (!stopped) rest = TakeTail(lines, rest, read.IsCompleted);
            Count(read.Buffer.Length - rest.Length);
            _ended = Problem is not null || (read.IsCompleted && rest.IsEmpty);
            reader.AdvanceTo(rest.Start, stopped ? rest.Start : rest.End);
        }

        return lines.Count > 0;
    }

    /// <summary>What is at hand or comes in time; null when the sender was too slow.</summary>
    private async ValueTask<ReadResult?> Receive()
    {
        while (true)
        {
            var reading = reader.ReadAsync();
            var read = reading.IsCompletedSuccessfully ? reading.Result : await InTime(reading);
            _received = _read + read.Buffer.Length;
            if (!read.IsCanceled) return read;

            // A timer may itself be late, and cancel the read after the one that it was set for.
            reader.AdvanceTo(read.Buffer.Start);
            if (_waited < Patience) continue;
            Number++;
            Problem = new(ProblemKind.TooSlow, "The batch came too slowly. This line and those after it were not read; send them as another batch.");
            return null;
        }
    }

    private async ValueTask<ReadResult> InTime(ValueTask<ReadResult> reading)
    {
        var since = clock.GetTimestamp();
        var left = Patience - _waited;
        await using var late = clock.CreateTimer(
            static reader => ((PipeReader)reader!).CancelPendingRead(), reader, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        var read = await reading;
        _waited += clock.GetElapsedTime(since);
        return read;
    }

    private ReadOnlySequence<byte> TakeTail(List<BatchLine> lines, ReadOnlySequence<byte> tail, bool completed)
    {
        if (completed)
        {
            if (!tail.IsEmpty) Add(lines, tail);
        }
        else if (tail.Length > LineMax)
        {
            // Answered now, as its line; what follows of it is passed over until it ends.
            if (!_skipping) lines.Add(new(++Number, default, TooLong: true));
            _skipping = true;
        }
        else
        {
            return tail;
        }

        return tail.Slice(tail.End);
    }

    private void Add(List<BatchLine> lines, ReadOnlySequence<byte> bytes)
    {
        if (_skipping)
        {
            _skipping = false;
            return;
        }

        Number++;
        if (Number > LinesMax) Problem = new(ProblemKind.TooLarge, "A batch has at most 50,000 lines. This line and those after it were not read; send them as another batch.");
        else if (bytes.Length > LineMax) lines.Add(new(Number, default, TooLong: true));
        else if (!IsBlank(bytes)) lines.Add(new(Number, bytes.ToArray(), TooLong: false));
    }

    private void Count(long bytes)
    {
        _read += bytes;
        if (_read <= BodyMax || Problem is not null) return;
        Number++;
        Problem = new(ProblemKind.TooLarge, "A batch is at most 16 MB. This line and those after it were not read; send them as another batch.");
    }

    private static bool IsBlank(ReadOnlySequence<byte> bytes)
    {
        foreach (var segment in bytes)
        {
            if (segment.Span.ContainsAnyExcept(" \t\r"u8)) return false;
        }

        return true;
    }
}
