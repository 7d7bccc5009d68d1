using System.Buffers;
using System.IO.Pipelines;

namespace Gamification.Api;

/// <summary>A whole body in a pooled buffer, or the problem with it. Whoever got one disposes it when nothing reads the bytes any more.</summary>
internal readonly struct Body : IDisposable
{
    private readonly byte[]? _pooled;

    private Body(byte[]? pooled, int length)
    {
        _pooled = pooled;
        Bytes = pooled.AsMemory(0, length);
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    public Problem? Problem { get; private init; }

    public static async ValueTask<Body> Read(HttpRequest request, int max, string type = JsonAnswer.ContentType)
    {
        if (!IsOfType(request.ContentType, type)) return new() { Problem = new(ProblemKind.UnsupportedMediaType, $"Send the body as {type}.") };
        if (request.ContentLength > max) return TooLarge(max);
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync();
            if (read.Buffer.Length > max)
            {
                reader.AdvanceTo(read.Buffer.End);
                return TooLarge(max);
            }

            if (read.IsCompleted || read.Buffer.Length == request.ContentLength) return Take(reader, read.Buffer);
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    public void Dispose()
    {
        if (_pooled is not null) ArrayPool<byte>.Shared.Return(_pooled);
    }

    /// <summary>Parameters such as a charset may follow; the body is read as UTF-8 whatever they say.</summary>
    public static bool IsOfType(string? stated, string type) =>
        stated is not null && stated.StartsWith(type, StringComparison.OrdinalIgnoreCase) && (stated.Length == type.Length || stated[type.Length] is ';' or ' ');

    private static Body Take(PipeReader reader, ReadOnlySequence<byte> bytes)
    {
        var length = (int)bytes.Length;
        var pooled = ArrayPool<byte>.Shared.Rent(Math.Max(1, length));
        bytes.CopyTo(pooled);
        reader.AdvanceTo(bytes.End);
        return new(pooled, length);
    }

    private static Body TooLarge(int max) => new() { Problem = new(ProblemKind.TooLarge, $"The body is larger than {max / 1024} KB.") };
}
