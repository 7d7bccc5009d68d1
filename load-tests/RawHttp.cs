using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Gamification.LoadTests;

/// <summary>How an exchange ended.</summary>
internal enum Delivery
{
    /// <summary>A whole response came.</summary>
    Answered,

    /// <summary>The connection broke before the response was whole: the server may or may not have acted.</summary>
    Dropped,

    /// <summary>Nothing came in time: the server may or may not have acted.</summary>
    TimedOut,

    /// <summary>No connection could be made: the server has not acted.</summary>
    Unreachable,
}

/// <summary>
/// What came back. The body is valid until the next request on the same connection, and may be partial when the response is not whole.
/// </summary>
internal readonly record struct Reply(Delivery Delivery, int Status, TimeSpan RetryAfter, ReadOnlyMemory<byte> Body);

/// <summary>
/// One keep-alive HTTP/1.1 connection, one request at a time, on a blocking socket: a request costs the client two system calls, which
/// matters when it shares its cores with the server. Connects when needed, again after a drop, and never repeats a request by itself.
/// Plain http only, no redirects, no compression.
/// </summary>
internal sealed class RawHttp(Uri origin, TimeSpan timeout) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _request = new(4096);
    private readonly ArrayBufferWriter<byte> _body = new(4096);
    private byte[] _received = new byte[16 * 1024];
    private int _start;
    private int _end;
    private Socket? _socket;

    /// <summary>The request line and headers for <see cref="Send"/>, which adds the length.</summary>
    public static byte[] Head(string method, Uri url, string? bearer = null, string? contentType = null) => Encoding.ASCII.GetBytes(
        $"{method} {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\n"
        + (bearer is null ? "" : $"Authorization: Bearer {bearer}\r\n")
        + (contentType is null ? "" : $"Content-Type: {contentType}\r\n"));

    public Reply Send(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body = default)
    {
        _body.ResetWrittenCount();
        try
        {
            Connect();
        }
        catch (SocketException)
        {
            Disconnect();
            return new(Delivery.Unreachable, 0, TimeSpan.Zero, default);
        }

        try
        {
            Write(head, body);
            return Read();
        }
        catch (Exception failure) when (failure is SocketException or EndOfStreamException or InvalidDataException)
        {
            Disconnect();
            var delivery = failure is SocketException { SocketErrorCode: SocketError.TimedOut } ? Delivery.TimedOut : Delivery.Dropped;
            return new(delivery, 0, TimeSpan.Zero, _body.WrittenMemory);
        }
    }

    public void Dispose() => Disconnect();

    private void Connect()
    {
        if (_socket is not null) return;
        var milliseconds = (int)timeout.TotalMilliseconds;
        _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, SendTimeout = milliseconds, ReceiveTimeout = milliseconds };
        _socket.Connect(origin.Host, origin.Port);
    }

    private void Disconnect()
    {
        _socket?.Dispose();
        _socket = null;
        _start = _end = 0;
    }

    private void Write(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        _request.ResetWrittenCount();
        _request.Write(head);
        _request.Write("Content-Length: "u8);
        Utf8Formatter.TryFormat(body.Length, _request.GetSpan(16), out var digits);
        _request.Advance(digits);
        _request.Write("\r\n\r\n"u8);
        _request.Write(body);
        for (var left = _request.WrittenSpan; left.Length > 0;) left = left[_socket!.Send(left)..];
    }

    private Reply Read()
    {
        var status = StatusOf(ReadLine());
        var (length, isChunked, isClosing, retryAfter) = (-1, false, false, TimeSpan.Zero);
        for (var line = ReadLine(); line.Length > 0; line = ReadLine())
        {
            var colon = line.IndexOf((byte)':');
            if (colon < 0) throw new InvalidDataException("A header has no colon.");
            var name = line[..colon];
            var value = line[(colon + 1)..].Trim((byte)' ');
            if (Ascii.EqualsIgnoreCase(name, "Content-Length"u8)) length = ParseNumber(value);
            else if (Ascii.EqualsIgnoreCase(name, "Transfer-Encoding"u8)) isChunked = Ascii.EqualsIgnoreCase(value, "chunked"u8);
            else if (Ascii.EqualsIgnoreCase(name, "Connection"u8)) isClosing = Ascii.EqualsIgnoreCase(value, "close"u8);
            else if (Ascii.EqualsIgnoreCase(name, "Retry-After"u8)) retryAfter = TimeSpan.FromSeconds(ParseNumber(value));
        }

        if (isChunked) ReadChunks();
        else if (length >= 0) ReadBody(length);
        else if (status is not (204 or 304)) throw new InvalidDataException("A response tells neither its length nor its end.");

        if (_start != _end) throw new InvalidDataException("More came than one response.");
        if (isClosing) Disconnect();
        return new(Delivery.Answered, status, retryAfter, _body.WrittenMemory);
    }

    private void ReadChunks()
    {
        while (true)
        {
            if (!Utf8Parser.TryParse(ReadLine(), out int size, out _, 'x')) throw new InvalidDataException("A chunk has no size.");
            ReadBody(size);
            if (ReadLine().Length > 0 && size > 0) throw new InvalidDataException("A chunk is longer than its size.");
            if (size == 0) return;
        }
    }

    private void ReadBody(int length)
    {
        while (length > 0)
        {
            if (_start == _end) Fill();
            var run = _received.AsSpan(_start, Math.Min(length, _end - _start));
            _body.Write(run);
            _start += run.Length;
            length -= run.Length;
        }
    }

    /// <summary>The next line without its end; valid until the next read.</summary>
    private ReadOnlySpan<byte> ReadLine()
    {
        int length;
        while ((length = _received.AsSpan(_start, _end - _start).IndexOf("\r\n"u8)) < 0) Fill();
        var line = _received.AsSpan(_start, length);
        _start += length + 2;
        return line;
    }

    private void Fill()
    {
        if (_start == _end) _start = _end = 0;
        if (_end == _received.Length) Array.Resize(ref _received, 2 * _end);
        var count = _socket!.Receive(_received.AsSpan(_end));
        if (count == 0) throw new EndOfStreamException();
        _end += count;
    }

    private static int StatusOf(ReadOnlySpan<byte> line) =>
        line.StartsWith("HTTP/1."u8) && line.Length >= 12
            ? ParseNumber(line[9..12])
            : throw new InvalidDataException("This is not HTTP/1.");

    private static int ParseNumber(ReadOnlySpan<byte> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InvalidDataException("A number is expected.");
}
