import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { certificateAuthority } from '../../test/hostile/certificate.js'
import { readSettings } from './settings.js'
import { StartFailure } from './start-failure.js'

describe('the settings', () => {
  test('have a default for everything', () => {
    expect(readSettings({})).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      databaseUrl: undefined,
      dataDir: `${process.cwd()}/data`,
      sampleAgencies: true,
      adminToken: undefined,
      secretsKey: undefined,
      noticeMail: undefined,
      outboundAllow: '',
      trustedProxies: [],
      changesKeepDays: 7,
      timeZone: 'Asia/Ho_Chi_Minh',
      logLevel: 'info',
    })
  })

  test('take an empty variable for an absent one', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 4000, databaseUrl: undefined })
  })

  test('read what is given', () => {
    const settings = readSettings({
      PORT: '0',
      DATABASE_URL: 'postgresql://a@b/c',
      SAMPLE_AGENCIES: 'off',
      TIME_ZONE: 'Europe/Berlin',
    })
    expect(settings).toMatchObject({
      port: 0,
      databaseUrl: 'postgresql://a@b/c',
      sampleAgencies: false,
      timeZone: 'Europe/Berlin',
    })
  })

  test('say where notices are mailed from, by which server', () => {
    const server = 'smtps://open-data:a%40b@mail.example.gov.vn'
    const from = 'Cổng dữ liệu <open-data@example.gov.vn>'
    expect(readSettings({ NOTICE_MAIL_SERVER: server, NOTICE_MAIL_FROM: from })).toMatchObject({
      noticeMail: { server, from, gatewayUrl: undefined },
    })
    expect(() => readSettings({ NOTICE_MAIL_SERVER: server })).toThrow(
      new StartFailure('NOTICE_MAIL_FROM is missing: notices by e-mail need both.'),
    )
    expect(() => readSettings({ NOTICE_MAIL_FROM: from })).toThrow(/^NOTICE_MAIL_SERVER is missing/)
    for (const wrong of ['a@b, c@d', 'nobody', 'Me <a@b> <c@d>']) {
      expect(() => readSettings({ NOTICE_MAIL_FROM: wrong })).toThrow(/^NOTICE_MAIL_FROM is /)
    }
    for (const wrong of ['mail.example.gov.vn', 'http://mail.example.gov.vn', 'smtp://a:%zz@b', 'smtp://a/path']) {
      expect(() => readSettings({ NOTICE_MAIL_SERVER: wrong })).toThrow(/^NOTICE_MAIL_SERVER is not valid/)
    }
  })

  test('take the authority of an inner mail server from a file, and say when that holds no certificate', () => {
    const mail = { NOTICE_MAIL_SERVER: 'smtp://mail.example.gov.vn', NOTICE_MAIL_FROM: 'open-data@example.gov.vn' }
    const folder = mkdtempSync(join(tmpdir(), 'mail-ca-'))
    const file = join(folder, 'ca.pem')
    try {
      const { cert } = certificateAuthority('an office', new Date())
      writeFileSync(file, cert)
      expect(readSettings({ ...mail, NOTICE_MAIL_CA: file }).noticeMail).toMatchObject({ ca: cert })
      writeFileSync(file, 'no certificate')
      for (const wrong of [file, join(folder, 'missing.pem'), folder]) {
        expect(() => readSettings({ ...mail, NOTICE_MAIL_CA: wrong })).toThrow(
          new StartFailure(
            `NOTICE_MAIL_CA is ${JSON.stringify(wrong)}; allowed: a file with the certificate (PEM) of the authority that vouches for the mail server.`,
          ),
        )
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test.each([
    ['PORT', '70000', 'PORT is "70000"; allowed: a port number from 0 (any free one) to 65535.'],
    ['PORT', '4e3', 'PORT is "4e3"; allowed: a port number from 0 (any free one) to 65535.'],
    ['HOST', 'a b', 'HOST is "a b"; allowed: an address or host name to listen on, such as 127.0.0.1 or 0.0.0.0.'],
    ['SAMPLE_AGENCIES', 'yes', 'SAMPLE_AGENCIES is "yes"; allowed: on or off.'],
    ['CHANGES_KEEP_DAYS', '0', 'CHANGES_KEEP_DAYS is "0"; allowed: a number of days from 1 to 3650.'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL is "loud"; allowed: trace, debug, info, warn, error, fatal, silent.'],
    [
      'TIME_ZONE',
      'Mars/Base',
      'TIME_ZONE is "Mars/Base"; allowed: a name of the time zone database, such as Asia/Ho_Chi_Minh.',
    ],
  ])('name a wrong %s and what is allowed', (name, value, message) => {
    expect(() => readSettings({ [name]: value })).toThrow(new StartFailure(message))
  })

  test('take addresses and networks of proxies, and not the whole internet', () => {
    const { trustedProxies } = readSettings({ TRUSTED_PROXIES: '10.0.0.5, 10.1.0.0/16,::1 fd00::/8' })
    expect(trustedProxies).toEqual(['10.0.0.5/32', '10.1.0.0/16', '::1/128', 'fd00::/8'])
    for (const wrong of ['0.0.0.0/0', '::/0', '10.0.0.0/33', '10.1', 'proxy.internal', '10.0.0.0/', 'true']) {
      expect(() => readSettings({ TRUSTED_PROXIES: wrong })).toThrow(/^TRUSTED_PROXIES is ".*"; allowed: addresses /)
    }
  })

  test.each(['DATABASE_URL', 'ADMIN_TOKEN', 'SECRETS_KEY', 'NOTICE_MAIL_SERVER'])(
    'never print the value of %s',
    (name) => {
      let message = ''
      try {
        readSettings({ [name]: 'hùnt 2' })
      } catch (error) {
        message = String(error)
      }
      expect(message).toMatch(new RegExp(`${name} is not valid; allowed: `))
      expect(message).not.toMatch(/hùnt/)
    },
  )
})
