using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gamification.Api;

/// <summary>
/// Writes an answer through a writer that each thread keeps, so that an answer allocates nothing but its strings. It is measured before it is
/// sent: with a Content-Length the server has no chunks to frame.
/// </summary>
internal static class JsonAnswer
{
    public const string ContentType = "application/json";

    /// <summary>A thread that once wrote something huge does not keep it.</summary>
    private const int KeepMax = 64 * 1024;

    // Answers are application/json, never pasted into a page, so "é" and "<" need no escapes.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static void Write<TState>(
        HttpContext context, int status, TState state, Action<Utf8JsonWriter, TState> write, string contentType = ContentType)
    {
        var bytes = Render(state, write);
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) response.BodyWriter.Write(bytes);
    }

    /// <summary>For an answer that is sent while it is made. The caller flushes and disposes.</summary>
    public static Utf8JsonWriter Into(IBufferWriter<byte> output) => new(output, Options);

    /// <summary>The bytes are this thread's until its next call.</summary>
    public static ReadOnlySpan<byte> Render<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        if (_buffer is null || _buffer.Capacity > KeepMax) (_buffer, _writer) = (new(1024), null);
        var buffer = _buffer;
        var writer = _writer ??= new(buffer, Options);
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        write(writer, state);
        writer.Flush();
        return buffer.WrittenSpan;
    }
}
