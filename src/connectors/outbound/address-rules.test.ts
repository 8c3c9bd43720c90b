import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { isMetadataAddress, isPublicAddress } from './address-rules.js'
import { AllowList } from './allow-list.js'

const closed = `
  0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1 127.255.255.254
  169.254.0.1 169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1
  192.168.0.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
  168.63.129.16
  :: ::1 ::127.0.0.1 ::7f00:1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:a83f:8110
  ::ffff:0:127.0.0.1 64:ff9b::127.0.0.1 64:ff9b::8.8.8.8 64:ff9b:1::1 100::1 2001::1 2001:0:7f00:1::1 2001:2::1 2001:10::1
  2001:20::1 2001:db8::1 2002:7f00:1:: 2002:a00:1::1 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fd12:3456::1 fe80::1 fe80::1%eth0
  fec0::1 ff02::1 ff05::2`
const open = `1.1.1.1 8.8.8.8 14.225.0.1 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1 172.15.255.255 172.32.0.0
  192.167.255.255 198.17.255.255 198.20.0.0 223.255.255.255 2606:4700::1111 2405:4800::1 2a00:1450::1 ::ffff:8.8.8.8`

const words = (text: string): string[] => text.trim().split(/\s+/)

describe('addresses that anybody may be led to', () => {
  test.each(words(closed))('%s is none', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  test.each(words(open))('%s is one', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  test.each(['', 'localhost', '127.1', '0x7f000001', '1.2.3', '[::1]', '1.1.1.1 '])(
    '"%s" is not an address',
    (text) => {
      expect(isPublicAddress(text)).toBe(false)
    },
  )

  test('agree with another implementation on random addresses', () => {
    const ipv4 = fc.integer({ min: 0, max: 0xffffffff }).map((number) => {
      return [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff).join('.')
    })
    const start = fc.constantFrom(
      '0',
      '2001',
      '2002',
      '2606',
      '3fff',
      'fc00',
      'fe80',
      'ff02',
      '64',
      '4000',
      '::ffff',
      '2001:db8',
    )
    const ipv6 = fc.tuple(start, fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0, max: 0xffff }))
    fc.assert(
      fc.property(ipv4, (address) => {
        expect(isPublicAddress(address)).toBe(
          ipaddr.parse(address).range() === 'unicast' && address !== '168.63.129.16',
        )
      }),
      { numRuns: 20_000 },
    )
    fc.assert(
      fc.property(ipv6, ([first, second, last]) => {
        const address =
          first === '::ffff' ? `::ffff:${second.toString(16)}:${last.toString(16)}` : `${first}::${last.toString(16)}`
        const parsed = ipaddr.process(address)
        const globalUnicast = parsed.kind() === 'ipv4' || (parsed.toByteArray()[0] ?? 0) >> 5 === 1
        if (isPublicAddress(address)) expect(parsed.range()).toBe('unicast')
        else
          expect(
            parsed.range() !== 'unicast' || !globalUnicast || /^3fff:|^168\.63\.129\.16$/.test(String(parsed)),
          ).toBe(true)
      }),
      { numRuns: 20_000 },
    )
  })
})

describe('the allow list', () => {
  test('allows a host with all it resolves to, on its port only', () => {
    const list = new AllowList('data.internal:8080, 10.1.2.3')
    expect(list.permits('data.internal', '8080', '10.0.0.5')).toBe(true)
    expect(list.permits('data.internal', '80', '10.0.0.5')).toBe(false)
    expect(list.permits('10.1.2.3', '5432', '10.1.2.3')).toBe(true)
    expect(list.permits('other.internal', '8080', '10.0.0.5')).toBe(false)
  })

  test('allows networks, also for IPv6 spellings of their addresses', () => {
    const list = new AllowList('10.1.0.0/16 fd12::/32')
    expect(list.permits('a.test', '80', '10.1.255.1')).toBe(true)
    expect(list.permits('a.test', '80', '::ffff:10.1.255.1')).toBe(true)
    expect(list.permits('a.test', '80', '10.2.0.1')).toBe(false)
    expect(list.permits('a.test', '80', 'fd12::5')).toBe(true)
  })

  test('never opens the addresses where clouds hand out credentials', () => {
    const list = new AllowList('169.254.0.0/16, metadata.google.internal, 0.0.0.0/0, ::/0')
    for (const address of [
      '169.254.169.254',
      '168.63.129.16',
      '100.100.100.200',
      '::ffff:169.254.169.254',
      'fd00:ec2::254',
    ]) {
      expect(isMetadataAddress(address)).toBe(true)
      expect(list.permits('metadata.google.internal', '80', address)).toBe(false)
    }
  })

  test.each(['!10.1.0.5', '!db.internal:5432', '10.0.0.0/99', 'http://a/b', 'a b/c', 'a?b'])(
    'refuses the entry "%s" by name',
    (entry) => {
      expect(() => new AllowList(entry)).toThrow('OUTBOUND_ALLOW: "')
    },
  )

  test('brings every spelling of an entry to one form', () => {
    expect(new AllowList('[::1]:8080').permits('[::1]', '8080', '::1')).toBe(true)
    expect(new AllowList('2130706433').permits('127.0.0.1', '80', '127.0.0.1')).toBe(true)
    expect(new AllowList('Data.Internal:443').permits('data.internal', '443', '10.0.0.1')).toBe(true)
  })
})
