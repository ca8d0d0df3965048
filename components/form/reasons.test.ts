import { describe, expect, it } from 'vitest'
import { defaults, sections, settingAt } from '../../lib/config/index.ts'
import { hiddenIn, obstacleOf } from './reasons.ts'
import { pageAt } from './outline.ts'

describe('obstacleOf', () => {
  it('names the setting that decides', () => {
    const setting = settingAt('database.sqlite.path')!
    expect(obstacleOf(defaults, setting)).toEqual({
      path: 'database.backend',
      because: 'Backend is Postgres',
    })
    expect(obstacleOf({ ...defaults, 'database.backend': 'sqlite' }, setting)).toBeUndefined()
  })

  it('says on and off of switches', () => {
    expect(obstacleOf(defaults, settingAt('auth.jwksUrl')!)?.because).toBe(
      'JWT verification is off',
    )
  })

  it('takes the condition that is nearest to holding', () => {
    const found = obstacleOf(
      { ...defaults, 'rateLimit.enabled': true, 'rateLimit.storageBackend': 'memory' },
      settingAt('redis.host')!,
    )
    expect(found?.path).toBe('rateLimit.storageBackend')
  })
})

describe('hiddenIn', () => {
  it('has a reason for every setting that is hidden', () => {
    for (const { id } of sections) {
      const { settings } = pageAt(id)
      const hidden = hiddenIn(defaults, settings)
      expect(hidden.every(({ because, count }) => because !== '' && count > 0)).toBe(true)
    }
  })
})
