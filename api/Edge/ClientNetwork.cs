using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Gamification.Api;

/// <summary>
/// Who asks, as far as the network tells: an IPv4 address, or the first 64 bits of an IPv6 one, since whoever has one of those has them all.
/// </summary>
internal static class ClientNetwork
{
    private const int PrefixBytes = 8;

    public static string Of(HttpContext context) => Of(context.Connection.RemoteIpAddress);

    public static string Of(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[PrefixBytes..].Clear();
        return string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(bytes)}/{PrefixBytes * 8}");
    }
}
